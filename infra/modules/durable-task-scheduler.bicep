// The alternative to Durable Functions' own storage: a managed scheduler, reached by identity.
import { roles, grant } from '../roles.bicep'

param name string
param taskHubName string
param location string
param tags object
param sku 'Consumption' | 'Dedicated'
param grants grant[]

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: sku == 'Dedicated' ? { name: sku, capacity: 1 } : { name: sku }
    // Function apps on Flex Consumption have no fixed addresses: who may enter is decided by the role, not by the address.
    ipAllowlist: ['0.0.0.0/0']
  }
}

resource taskHub 'Microsoft.DurableTask/schedulers/taskHubs@2025-11-01' = {
  parent: scheduler
  name: taskHubName
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for grant in grants: {
  scope: taskHub
  name: guid(taskHub.id, grant.principalId, roles[grant.role])
  properties: {
    description: '${grant.role}: ${grant.why}'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles[grant.role])
    principalId: grant.principalId
    principalType: grant.principalType
  }
}]

output endpoint string = scheduler.properties.endpoint
