// The plan and the function app. Its settings are in function-app-settings.bicep, because some of them name the app's own address.

param planName string
param name string
param location string
param tags object

@description('FC1 is Flex Consumption; anything else, P1v3 for example, is a dedicated Linux plan for clouds that have no Flex Consumption.')
param planSku string
param instanceMemoryMB 512 | 2048 | 4096

@minValue(40)
@maxValue(1000)
param maximumInstances int

@description('Instances kept warm for HTTP and for orchestrations, each; 0 lets the app scale to none. On a dedicated plan: the number of workers, at least 1.')
@minValue(0)
param alwaysReadyInstances int

param identityId string

@description('Container in which Flex Consumption finds the published package.')
param packageContainerUri string

@description('Subnet to reach private endpoints through; empty for none.')
param subnetId string

@description('Only this Front Door may forward to the app; empty lets everyone reach it.')
param frontDoorId string

var flex = planSku == 'FC1'

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  tags: tags
  kind: flex ? 'functionapp' : 'linux'
  sku: flex ? { tier: 'FlexConsumption', name: planSku } : { name: planSku, capacity: max(alwaysReadyInstances, 1) }
  properties: { reserved: true }
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  // azd finds the app to publish to by this tag.
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: flex
      ? {
          deployment: {
            storage: {
              type: 'blobContainer'
              value: packageContainerUri
              authentication: {
                type: 'UserAssignedIdentity'
                userAssignedIdentityResourceId: identityId
              }
            }
          }
          runtime: { name: 'dotnet-isolated', version: '10.0' }
          scaleAndConcurrency: {
            instanceMemoryMB: instanceMemoryMB
            maximumInstanceCount: maximumInstances
            alwaysReady: alwaysReadyInstances == 0
              ? []
              : [
                  { name: 'http', instanceCount: alwaysReadyInstances }
                  { name: 'durable', instanceCount: alwaysReadyInstances }
                ]
          }
        }
      : null
    siteConfig: {
      // These three are the dedicated plan's; Flex Consumption has its own.
      linuxFxVersion: flex ? null : 'DOTNET-ISOLATED|10.0'
      alwaysOn: flex ? null : true
      healthCheckPath: flex ? null : '/healthz'
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      remoteDebuggingEnabled: false
      ipSecurityRestrictionsDefaultAction: empty(frontDoorId) ? 'Allow' : 'Deny'
      ipSecurityRestrictions: empty(frontDoorId)
        ? []
        : [
            {
              name: 'FrontDoor'
              description: 'Requests come through the one front door, which strips what a client must not set.'
              action: 'Allow'
              priority: 100
              tag: 'ServiceTag'
              ipAddress: 'AzureFrontDoor.Backend'
              headers: { 'x-azure-fdid': [frontDoorId] }
            }
          ]
      scmIpSecurityRestrictionsUseMain: false
    }
  }
}

// Publishing is done with Entra identities; there is no publishing password.
resource ftpPasswords 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: site
  name: 'ftp'
  properties: { allow: false }
}

resource scmPasswords 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: site
  name: 'scm'
  properties: { allow: false }
}

output id string = site.id
output name string = site.name
output hostName string = site.properties.defaultHostName
