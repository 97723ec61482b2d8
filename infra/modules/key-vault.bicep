import { roles, grant } from '../roles.bicep'

@minLength(3)
@maxLength(24)
param name string
param location string
param tags object
param publicNetworkAccess bool
param auditWorkspaceId string
param protectFromDeletion bool
param grants grant[]

@description('Secrets to set now, by name. An empty value leaves alone what the vault holds.')
@secure()
param secretValues object

@description('Names of the secrets above, in the clear.')
param secretNames string[]

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    // Losing the master key is losing every sealed record; not even an owner may hasten that.
    enablePurgeProtection: true
    publicNetworkAccess: publicNetworkAccess ? 'Enabled' : 'Disabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: publicNetworkAccess ? 'Allow' : 'Deny'
    }
  }
}

@description('Wraps the keys that seal personal data. It never leaves the vault.')
resource masterKey 'Microsoft.KeyVault/vaults/keys@2023-07-01' = {
  parent: vault
  name: 'master'
  properties: {
    kty: 'RSA'
    keySize: 3072
    keyOps: ['wrapKey', 'unwrapKey']
  }
}

resource secrets 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = [for secret in secretNames: if (!empty(secretValues[secret])) {
  parent: vault
  name: secret
  properties: { value: secretValues[secret] }
}]

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for grant in grants: {
  scope: vault
  name: guid(vault.id, grant.principalId, roles[grant.role])
  properties: {
    description: '${grant.role}: ${grant.why}'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles[grant.role])
    principalId: grant.principalId
    principalType: grant.principalType
  }
}]

resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'audit'
  properties: {
    workspaceId: auditWorkspaceId
    logs: [{ category: 'AuditEvent', enabled: true }]
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (protectFromDeletion) {
  scope: vault
  name: 'keep'
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds the master key of all sealed records. Remove this lock only on the written order of whoever answers for them.'
  }
}

output id string = vault.id
output name string = vault.name
output uri string = vault.properties.vaultUri
// Without a version: new data keys are wrapped by the newest, old ones name the version that wrapped them.
output masterKeyUri string = '${vault.properties.vaultUri}keys/${masterKey.name}'
