// Every storage account of the application: no shared keys, no anonymous access, TLS 1.2, Entra identities only. What differs
// between accounts is how they remember and forget.
import { roles, grant } from '../roles.bicep'

@description('A container, and for how long its blobs can neither be changed nor deleted, if at all.')
type container = {
  name: string
  immutableForDays: int?
}

@minLength(3)
@maxLength(24)
param name string
param location string
param tags object
param redundancy 'Standard_LRS' | 'Standard_ZRS' | 'Standard_GRS' | 'Standard_GZRS' | 'Standard_RAGRS' | 'Standard_RAGZRS'

@description('False where private endpoints are the only way in.')
param publicNetworkAccess bool

@description('Keep every earlier version of a blob.')
param versioning bool

@description('Days that deleted blobs and containers can be brought back; without it, deleted is gone.')
@minValue(1)
@maxValue(365)
param softDeleteDays int?

@description('Rules that delete old blobs or versions, in the shape of a storage management policy.')
param lifecycleRules array = []

param containers container[] = []
param grants grant[]

@description('Roles in one container only.')
param containerGrants { container: string, grant: grant }[] = []

@description('Workspace that receives who deleted what; empty for none.')
param auditWorkspaceId string = ''

@description('Lock against deletion of the account.')
param protectFromDeletion bool = false

var softDelete = softDeleteDays == null ? { enabled: false } : { enabled: true, days: softDeleteDays }

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: redundancy }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowedCopyScope: 'AAD'
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: publicNetworkAccess ? 'Allow' : 'Deny'
    }
    publicNetworkAccess: publicNetworkAccess ? 'Enabled' : 'Disabled'
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: versioning
    deleteRetentionPolicy: softDelete
    containerDeleteRetentionPolicy: softDelete
  }
}

resource blobContainers 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [for container in containers: {
  parent: blobs
  name: container.name
  properties: { publicAccess: 'None' }
}]

// Time-based retention. It starts unlocked, so that a trial can be taken down; docs/azure.md says when and how to lock it.
resource immutability 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2024-01-01' = [for (container, i) in containers: if (container.?immutableForDays != null) {
  parent: blobContainers[i]
  name: 'default'
  properties: {
    immutabilityPeriodSinceCreationInDays: container.?immutableForDays
    allowProtectedAppendWrites: false
  }
}]

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2024-01-01' = if (!empty(lifecycleRules)) {
  parent: account
  name: 'default'
  properties: {
    policy: { rules: lifecycleRules }
  }
  dependsOn: [blobs]
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for grant in grants: {
  scope: account
  name: guid(account.id, grant.principalId, roles[grant.role])
  properties: {
    description: '${grant.role}: ${grant.why}'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles[grant.role])
    principalId: grant.principalId
    principalType: grant.principalType
  }
}]

resource grantedContainers 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' existing = [for item in containerGrants: {
  parent: blobs
  name: item.container
}]

resource containerAssignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (item, i) in containerGrants: {
  scope: grantedContainers[i]
  name: guid(grantedContainers[i].id, item.grant.principalId, roles[item.grant.role])
  properties: {
    description: '${item.grant.role}: ${item.grant.why}'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles[item.grant.role])
    principalId: item.grant.principalId
    principalType: item.grant.principalType
  }
  dependsOn: [blobContainers]
}]

resource blobAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(auditWorkspaceId)) {
  scope: blobs
  name: 'deletions'
  properties: {
    workspaceId: auditWorkspaceId
    logs: [{ category: 'StorageDelete', enabled: true }]
  }
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices@2024-01-01' = if (!empty(auditWorkspaceId)) {
  parent: account
  name: 'default'
}

resource tableAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (!empty(auditWorkspaceId)) {
  scope: tables
  name: 'deletions'
  properties: {
    workspaceId: auditWorkspaceId
    logs: [{ category: 'StorageDelete', enabled: true }]
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (protectFromDeletion) {
  scope: account
  name: 'keep'
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds records of public money. Remove this lock only on the written order of whoever answers for the records.'
  }
}

output id string = account.id
output name string = account.name
output blobEndpoint string = account.properties.primaryEndpoints.blob
output queueEndpoint string = account.properties.primaryEndpoints.queue
output tableEndpoint string = account.properties.primaryEndpoints.table
