// Malware scanning of what is uploaded. Its verdict is written as an index tag on the blob, which a role of its own lets the
// application read; nothing here lets it write one.
param storageAccountName string
param principalId string

@description('GB scanned in a month before scanning stops; -1 for no cap. Beyond it papers are refused, because nobody can say what they are.')
param monthlyCapGb int

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageAccountName
}

resource defender 'Microsoft.Security/defenderForStorageSettings@2022-12-01-preview' = {
  scope: account
  name: 'current'
  properties: {
    isEnabled: true
    overrideSubscriptionLevelSettings: true
    malwareScanning: {
      onUpload: { isEnabled: true, capGBPerMonth: monthlyCapGb }
    }
    sensitiveDataDiscovery: { isEnabled: false }
  }
}

resource verdictReader 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'Scan Verdict Reader')
  properties: {
    roleName: 'Scan Verdict Reader (${uniqueString(resourceGroup().id)})'
    description: 'Reads the index tags in which malware scanning writes its verdict.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: []
        dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/tags/read']
      }
    ]
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, principalId, verdictReader.id)
  properties: {
    description: 'Scan Verdict Reader: the application opens a paper only once its scan says that it is clean.'
    roleDefinitionId: verdictReader.id
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}
