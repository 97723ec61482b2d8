import { roles, grant } from '../roles.bicep'

param workspaceName string
param applicationInsightsName string
param location string
param tags object

@description('Days that logs are kept; they hold no personal data, but who acted when is in the events, not here.')
param retentionDays int

@description('Most that a day may ingest, in GB; -1 for no cap. A cap silences the alerts once it is reached.')
param dailyCapGb int

param grants grant[]

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
    workspaceCapping: { dailyQuotaGb: dailyCapGb }
  }
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' = {
  name: applicationInsightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    // The connection string names the place to send to; without an Entra token nothing sent there is taken.
    DisableLocalAuth: true
  }
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for grant in grants: {
  scope: applicationInsights
  name: guid(applicationInsights.id, grant.principalId, roles[grant.role])
  properties: {
    description: '${grant.role}: ${grant.why}'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles[grant.role])
    principalId: grant.principalId
    principalType: grant.principalType
  }
}]

output workspaceId string = workspace.id
output connectionString string = applicationInsights.properties.ConnectionString
