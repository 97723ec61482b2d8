// Azure's built-in roles that are granted here, by their published names. A grant names its role, so that reading it tells what
// it allows; nothing else in this folder spells out a role's id.

@description('A role given to one principal, and the reason.')
@export()
type grant = {
  @description('Name of the role, a key of `roles`.')
  role: string
  principalId: string
  principalType: 'ServicePrincipal' | 'User' | 'Group'
  @description('What needs it; becomes part of the description of the assignment.')
  why: string
}

@export()
var roles = {
  'Durable Task Data Contributor': '0ad04412-c4d5-4796-b79c-f76d14c8d402'
  'Key Vault Crypto Service Encryption User': 'e147488a-f6f5-4113-8e2d-b22465e65bf6'
  'Key Vault Secrets User': '4633458b-17de-408a-b874-0445c86b69e6'
  'Monitoring Metrics Publisher': '3913510d-42f4-4e42-8a64-420c390055eb'
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  'Storage Queue Data Contributor': '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  'Storage Table Data Contributor': '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}
