// Everything that a county needs in Azure, in one resource group. docs/azure.md explains each parameter and each setting.
targetScope = 'subscription'

@description('Name of the environment: test, production. Part of every name.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Region of everything that has one.')
@minLength(1)
param location string

@description('Object id of whoever deploys; it may load the township\'s files. Empty: nobody may.')
param principalId string = ''

@description('Kind of the above.')
param principalType 'User' | 'ServicePrincipal' | 'Group' = 'User'

@description('Where people reach the site, without a slash at its end. Empty: the front door\'s address, else the app\'s own.')
param publicBaseUrl string = ''

@description('Who is told of an alert. Empty: alerts are shown in the portal only.')
param alarmEmail string = ''

@description('Who sends the mails.')
param mailProvider 'SendGrid' | 'Smtp' = 'SendGrid'

@description('Sender\'s address of every mail.')
param mailFrom string

@description('Sender\'s name of every mail.')
param mailFromName string = '便民服务'

@description('Scheme and authority of SendGrid\'s v3 API; the EU region has another.')
param sendGridHost string = 'https://api.sendgrid.com'

@description('SendGrid\'s key, kept in the vault. Empty: the one in the vault stays.')
@secure()
param sendGridKey string = ''

@description('Public key of SendGrid\'s signed event webhook, base64. Empty: no bounce is believed.')
param sendGridEventPublicKey string = ''

@description('Mail server, where mails go by SMTP.')
param smtpHost string = ''

param smtpPort int = 587

param smtpUser string = ''

@description('The mail server\'s password, kept in the vault. Empty: the one in the vault stays.')
@secure()
param smtpPassword string = ''

@description('Client id of the Entra application that staff sign in to; a hook of azd makes it. Empty: staff cannot sign in.')
param staffSignInClientId string = ''

@description('How the app proves itself to Entra: by its managed identity, without a secret, or by a secret in the vault where federation is not to be had.')
param staffSignInCredential 'ManagedIdentity' | 'Secret' = 'ManagedIdentity'

@description('The secret of the Entra application, for the second way, kept in the vault. Empty: the one in the vault stays.')
@secure()
param staffSignInSecret string = ''

@description('Authority that staff sign in at, with a slash at its end. Empty: the cloud\'s own.')
param authorityHost string = ''

@description('FC1 for Flex Consumption, else the size of a dedicated Linux plan.')
param planSku string = 'FC1'

param instanceMemoryMB 512 | 2048 | 4096 = 2048

@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

@description('Instances kept warm; 0 lets the app scale to none.')
@minValue(0)
param alwaysReadyInstances int = 0

@description('What carries the orchestrations.')
param durableProvider 'AzureStorage' | 'DurableTaskScheduler' = 'AzureStorage'

param durableTaskSchedulerSku 'Consumption' | 'Dedicated' = 'Consumption'

@description('Replication of the account that holds the records.')
param recordsRedundancy 'Standard_LRS' | 'Standard_ZRS' | 'Standard_GRS' | 'Standard_GZRS' | 'Standard_RAGRS' | 'Standard_RAGZRS' = 'Standard_ZRS'

@description('Replication of what can be done without: the host\'s own state and unscanned papers.')
param workingRedundancy 'Standard_LRS' | 'Standard_ZRS' = 'Standard_LRS'

@description('Days that deleted or overwritten blobs of the records can be brought back.')
@minValue(7)
@maxValue(365)
param deletedRetentionDays int = 30

@description('Days that a published anchor can neither be changed nor deleted.')
@minValue(1)
@maxValue(146000)
param anchorRetentionDays int = 3650

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('Most log that a day may ingest, in GB; -1 for no cap.')
param logDailyCapGb int = -1

@description('Lock the records and the vault against deletion.')
param protectFromDeletion bool = false

@description('Reach storage and vault through private endpoints only.')
param privateNetwork bool = false

@description('Addresses of the private network, at least a /25.')
param privateNetworkPrefix string = '10.60.0.0/24'

param frontDoor 'None' | 'Standard' | 'Premium' = 'None'

@description('Requests of one address in a minute before the front door turns it away. A whole village may share one.')
@minValue(10)
param frontDoorRequestsPerMinute int = 600

@description('Entries of X-Forwarded-For that the worker believes, from the end. 1 is what the Functions host writes; it never passes on more.')
@minValue(0)
param trustedProxies int = 1

@description('Scan papers in quarantine with Defender for Storage. Otherwise the application checks type and test signature only.')
param defenderForStorage bool = false

@description('GB scanned in a month before scanning stops and no paper is taken any more; -1 for no cap.')
param defenderMonthlyCapGb int = 100

var abbreviations = loadJsonContent('abbreviations.json')
var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName }

var flex = planSku == 'FC1'
var scheduler = durableProvider == 'DurableTaskScheduler'
var taskHubName = 'subsidy'
var packageContainer = 'packages'
var authority = empty(authorityHost) ? environment().authentication.loginEndpoint : authorityHost
var storageSuffix = environment().suffixes.storage

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: '${abbreviations.resourceGroup}${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: '${abbreviations.managedIdentity}${token}'
    location: location
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: '${abbreviations.logAnalyticsWorkspace}${token}'
    applicationInsightsName: '${abbreviations.applicationInsights}${token}'
    location: location
    tags: tags
    retentionDays: logRetentionDays
    dailyCapGb: logDailyCapGb
    grants: [
      {
        role: 'Monitoring Metrics Publisher'
        principalId: identity.outputs.principalId
        principalType: 'ServicePrincipal'
        why: 'the application sends its telemetry with its identity.'
      }
    ]
  }
}

// The streams, the papers, the published schemes and the anchors.
module records 'modules/storage-account.bicep' = {
  scope: group
  params: {
    name: '${abbreviations.storageAccount}rec${token}'
    location: location
    tags: tags
    redundancy: recordsRedundancy
    publicNetworkAccess: !privateNetwork
    versioning: true
    softDeleteDays: deletedRetentionDays
    containers: [
      { name: 'papers' }
      { name: 'schemes' }
      { name: 'bank' }
      { name: 'bank-inbox' }
      { name: 'anchors', immutableForDays: anchorRetentionDays }
    ]
    lifecycleRules: [
      {
        name: 'earlier-versions'
        enabled: true
        type: 'Lifecycle'
        definition: {
          // Not the anchors: what is immutable is not deleted by rule either. The inbox: what was read and removed there is an earlier version.
          filters: { blobTypes: ['blockBlob'], prefixMatch: ['papers/', 'schemes/', 'bank-inbox/'] }
          actions: { version: { delete: { daysAfterCreationGreaterThan: deletedRetentionDays } } }
        }
      }
    ]
    auditWorkspaceId: monitoring.outputs.workspaceId
    protectFromDeletion: protectFromDeletion
    grants: [
      {
        role: 'Storage Table Data Contributor'
        principalId: identity.outputs.principalId
        principalType: 'ServicePrincipal'
        why: 'the application appends events and keeps its indexes.'
      }
      {
        role: 'Storage Blob Data Contributor'
        principalId: identity.outputs.principalId
        principalType: 'ServicePrincipal'
        why: 'the application stores sealed papers, schemes and anchors; what is immutable it cannot change.'
      }
    ]
  }
}

// What the Functions host keeps for itself, apart from the records: its role there is broader, its traffic is its own, and it can be
// thrown away. The township's files are handed in here too: its lists hold ID numbers in the clear, so they must not leave versions
// behind; the township has the originals.
module host 'modules/storage-account.bicep' = {
  scope: group
  params: {
    name: '${abbreviations.storageAccount}host${token}'
    location: location
    tags: tags
    redundancy: workingRedundancy
    publicNetworkAccess: !privateNetwork
    versioning: false
    softDeleteDays: 7
    containers: [
      { name: packageContainer }
      { name: 'data-protection' }
      { name: 'township' }
    ]
    grants: concat(
      [
        {
          role: 'Storage Blob Data Owner'
          principalId: identity.outputs.principalId
          principalType: 'ServicePrincipal'
          why: 'the host keeps leases, keys and its package here.'
        }
      ],
      scheduler
        ? []
        : [
            {
              role: 'Storage Queue Data Contributor'
              principalId: identity.outputs.principalId
              principalType: 'ServicePrincipal'
              why: 'Durable Functions sends its messages through queues.'
            }
            {
              role: 'Storage Table Data Contributor'
              principalId: identity.outputs.principalId
              principalType: 'ServicePrincipal'
              why: 'Durable Functions keeps its history in tables.'
            }
          ]
    )
    containerGrants: empty(principalId)
      ? []
      : [
          {
            container: 'township'
            grant: {
              role: 'Storage Blob Data Contributor'
              principalId: principalId
              principalType: principalType
              why: 'whoever deploys loads the files of the township.'
            }
          }
        ]
  }
}

// Papers as they came, for as long as it takes to scan and seal them. Nothing here is remembered: no version, no soft delete.
module quarantine 'modules/storage-account.bicep' = {
  scope: group
  params: {
    name: '${abbreviations.storageAccount}qua${token}'
    location: location
    tags: tags
    redundancy: workingRedundancy
    publicNetworkAccess: !privateNetwork
    versioning: false
    containers: [{ name: 'quarantine' }]
    lifecycleRules: [
      {
        name: 'empty'
        enabled: true
        type: 'Lifecycle'
        definition: {
          filters: { blobTypes: ['blockBlob'] }
          actions: { baseBlob: { delete: { daysAfterCreationGreaterThan: 1 } } }
        }
      }
    ]
    grants: [
      {
        role: 'Storage Blob Data Contributor'
        principalId: identity.outputs.principalId
        principalType: 'ServicePrincipal'
        why: 'the application puts papers here, reads them for scanning and deletes them.'
      }
    ]
  }
}

module vault 'modules/key-vault.bicep' = {
  scope: group
  params: {
    name: '${abbreviations.keyVault}${token}'
    location: location
    tags: tags
    publicNetworkAccess: !privateNetwork
    auditWorkspaceId: monitoring.outputs.workspaceId
    protectFromDeletion: protectFromDeletion
    secretNames: ['sendgrid-key', 'smtp-password', 'staff-sign-in-secret']
    secretValues: {
      'sendgrid-key': sendGridKey
      'smtp-password': smtpPassword
      'staff-sign-in-secret': staffSignInSecret
    }
    grants: [
      {
        role: 'Key Vault Crypto Service Encryption User'
        principalId: identity.outputs.principalId
        principalType: 'ServicePrincipal'
        why: 'the application wraps and unwraps its data keys; it can neither export nor delete the master key.'
      }
      {
        role: 'Key Vault Secrets User'
        principalId: identity.outputs.principalId
        principalType: 'ServicePrincipal'
        why: 'the platform resolves the settings that are Key Vault references.'
      }
    ]
  }
}

module durableTasks 'modules/durable-task-scheduler.bicep' = if (scheduler) {
  scope: group
  params: {
    name: '${abbreviations.durableTaskScheduler}${token}'
    taskHubName: taskHubName
    location: location
    tags: tags
    sku: durableTaskSchedulerSku
    grants: [
      {
        role: 'Durable Task Data Contributor'
        principalId: identity.outputs.principalId
        principalType: 'ServicePrincipal'
        why: 'the application runs its orchestrations in this task hub.'
      }
    ]
  }
}

module defender 'modules/defender-for-storage.bicep' = if (defenderForStorage) {
  scope: group
  params: {
    storageAccountName: quarantine.outputs.name
    principalId: identity.outputs.principalId
    monthlyCapGb: defenderMonthlyCapGb
  }
}

var blobZone = 'privatelink.blob.${storageSuffix}'
var queueZone = 'privatelink.queue.${storageSuffix}'
var tableZone = 'privatelink.table.${storageSuffix}'
var vaultZone = 'privatelink.vaultcore${substring(environment().suffixes.keyvaultDns, length('.vault'))}'

module network 'modules/private-network.bicep' = if (privateNetwork) {
  scope: group
  params: {
    name: '${abbreviations.virtualNetwork}${token}'
    location: location
    tags: tags
    addressPrefix: privateNetworkPrefix
    flex: flex
    zoneNames: [blobZone, queueZone, tableZone, vaultZone]
  }
}

var endpoints = [
  { of: 'records', part: 'blob', zone: blobZone }
  { of: 'records', part: 'table', zone: tableZone }
  { of: 'host', part: 'blob', zone: blobZone }
  { of: 'host', part: 'queue', zone: queueZone }
  { of: 'host', part: 'table', zone: tableZone }
  { of: 'quarantine', part: 'blob', zone: blobZone }
  { of: 'vault', part: 'vault', zone: vaultZone }
]

module privateEndpoints 'modules/private-endpoint.bicep' = [for endpoint in endpoints: if (privateNetwork) {
  scope: group
  params: {
    name: '${abbreviations.privateEndpoint}${endpoint.of}-${endpoint.part}-${token}'
    location: location
    tags: tags
    subnetId: network!.outputs.endpointSubnetId
    targetId: {
      records: records.outputs.id
      host: host.outputs.id
      quarantine: quarantine.outputs.id
      vault: vault.outputs.id
    }[endpoint.of]
    part: endpoint.part
    zoneName: endpoint.zone
  }
}]

module edge 'modules/front-door.bicep' = if (frontDoor != 'None') {
  scope: group
  params: {
    profileName: '${abbreviations.frontDoorProfile}${token}'
    endpointName: '${abbreviations.frontDoorEndpoint}${token}'
    firewallName: '${abbreviations.webApplicationFirewall}${token}'
    tags: tags
    sku: frontDoor == 'Premium' ? 'Premium_AzureFrontDoor' : 'Standard_AzureFrontDoor'
    requestsPerMinute: frontDoorRequestsPerMinute
  }
}

module functions 'modules/function-app.bicep' = {
  scope: group
  params: {
    planName: '${abbreviations.functionPlan}${token}'
    name: '${abbreviations.functionApp}${token}'
    location: location
    tags: tags
    planSku: planSku
    instanceMemoryMB: instanceMemoryMB
    maximumInstances: maximumInstances
    alwaysReadyInstances: alwaysReadyInstances
    identityId: identity.outputs.id
    packageContainerUri: '${host.outputs.blobEndpoint}${packageContainer}'
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    frontDoorId: frontDoor == 'None' ? '' : edge!.outputs.frontDoorId
  }
  // The host looks for its storage as soon as it exists.
  dependsOn: [privateEndpoints]
}

module route 'modules/front-door-route.bicep' = if (frontDoor != 'None') {
  scope: group
  params: {
    profileName: edge!.outputs.profileName
    endpointName: edge!.outputs.endpointName
    ruleSetName: edge!.outputs.ruleSetName
    originHostName: functions.outputs.hostName
  }
}

var ownUrl = 'https://${frontDoor == 'None' ? functions.outputs.hostName : edge!.outputs.hostName}'
var siteUrl = empty(publicBaseUrl) ? ownUrl : publicBaseUrl

func vaultReference(vault string, secret string) string => '@Microsoft.KeyVault(VaultName=${vault};SecretName=${secret})'

var credentialSettings = staffSignInCredential == 'ManagedIdentity'
  ? { OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: identity.outputs.clientId }
  : { MICROSOFT_PROVIDER_AUTHENTICATION_SECRET: vaultReference(vault.outputs.name, 'staff-sign-in-secret') }

var mailSettings = mailProvider == 'SendGrid'
  ? {
      Subsidy__Mail__SendGrid__ApiKey: vaultReference(vault.outputs.name, 'sendgrid-key')
      Subsidy__Mail__SendGrid__EventPublicKey: sendGridEventPublicKey
      Subsidy__Mail__SendGrid__Host: sendGridHost
    }
  : {
      Subsidy__Mail__Smtp__Host: smtpHost
      Subsidy__Mail__Smtp__Password: vaultReference(vault.outputs.name, 'smtp-password')
      Subsidy__Mail__Smtp__Port: string(smtpPort)
      Subsidy__Mail__Smtp__User: smtpUser
    }

var durableSettings = scheduler
  ? {
      AzureFunctionsJobHost__extensions__durableTask__hubName: taskHubName
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
      DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${durableTasks!.outputs.endpoint};Authentication=ManagedIdentity;ClientID=${identity.outputs.clientId}'
    }
  : {
      AzureFunctionsJobHost__extensions__durableTask__hubName: taskHubName
    }

// Flex Consumption refuses these two; a dedicated plan needs them.
var planSettings = flex
  ? {}
  : {
      FUNCTIONS_EXTENSION_VERSION: '~4'
      FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'
    }

module settings 'modules/function-app-settings.bicep' = {
  scope: group
  params: {
    functionAppName: functions.outputs.name
    settings: union(credentialSettings, durableSettings, mailSettings, planSettings, {
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.outputs.clientId};Authorization=AAD'
      APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.outputs.connectionString
      // The Functions host overwrites X-Forwarded-For with the address that it sees; this makes it see the one that the platform tells.
      ASPNETCORE_FORWARDEDHEADERS_ENABLED: 'true'
      AZURE_CLIENT_ID: identity.outputs.clientId
      // Addresses, not the account's name: from a name alone the host would build addresses of the public cloud.
      AzureWebJobsStorage__blobServiceUri: host.outputs.blobEndpoint
      AzureWebJobsStorage__clientId: identity.outputs.clientId
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__queueServiceUri: host.outputs.queueEndpoint
      AzureWebJobsStorage__tableServiceUri: host.outputs.tableEndpoint
      // 25 MB of papers, the form and what multipart adds.
      FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '29360128'
      Subsidy__DataProtection__BlobUri: '${host.outputs.blobEndpoint}data-protection/keys.xml'
      Subsidy__FrontDoorId: frontDoor == 'None' ? '' : edge!.outputs.frontDoorId
      Subsidy__KeyVault__MasterKeyUri: vault.outputs.masterKeyUri
      Subsidy__Mail__From: mailFrom
      Subsidy__Mail__FromName: mailFromName
      Subsidy__Mail__Provider: mailProvider
      Subsidy__PublicBaseUrl: siteUrl
      Subsidy__Scanner: defenderForStorage ? 'Defender' : 'TypeCheck'
      Subsidy__Storage__BlobEndpoint: records.outputs.blobEndpoint
      Subsidy__Storage__QuarantineBlobEndpoint: quarantine.outputs.blobEndpoint
      Subsidy__Storage__TableEndpoint: records.outputs.tableEndpoint
      Subsidy__Township: '${host.outputs.blobEndpoint}township'
      Subsidy__TrustedProxies: string(trustedProxies)
    })
  }
}

module staffSignIn 'modules/staff-sign-in.bicep' = {
  scope: group
  params: {
    functionAppName: functions.outputs.name
    clientId: staffSignInClientId
    credentialSettingName: staffSignInCredential == 'ManagedIdentity'
      ? 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
      : 'MICROSOFT_PROVIDER_AUTHENTICATION_SECRET'
    issuer: '${authority}${tenant().tenantId}/v2.0'
    publicBaseUrl: siteUrl
    behindFrontDoor: frontDoor != 'None'
  }
  dependsOn: [settings]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    actionGroupName: '${abbreviations.actionGroup}${token}'
    location: location
    tags: tags
    alarmEmail: alarmEmail
    workspaceId: monitoring.outputs.workspaceId
    storageAccountIds: [records.outputs.id, host.outputs.id, quarantine.outputs.id]
    keyVaultId: vault.outputs.id
  }
}

output AZURE_TENANT_ID string = tenant().tenantId
output AZURE_RESOURCE_GROUP string = group.name
output SUBSIDY_BASE_ADDRESS string = siteUrl
output SUBSIDY_FUNCTION_APP string = functions.outputs.name
output SUBSIDY_IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId
output SUBSIDY_KEY_VAULT string = vault.outputs.name
output SUBSIDY_HOST_STORAGE string = host.outputs.name
output SUBSIDY_RECORDS_STORAGE string = records.outputs.name
output SUBSIDY_SIGN_IN_AUTHORITY string = authority
