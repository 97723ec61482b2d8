// What wakes somebody. Each alert has a section of the same title in docs/runbook.md.
param tags object
param location string
param actionGroupName string

@description('Who is told; empty: alerts are shown in the portal only.')
param alarmEmail string
param workspaceId string
param storageAccountIds string[]
param keyVaultId string

type logAlert = {
  @description('Title, the same as the section of the runbook.')
  title: string
  query: string
  @description('0 is the gravest, 4 the lightest.')
  severity: int
  @description('Time looked back over, ISO 8601.')
  window: string
  @description('Time between two looks, ISO 8601.')
  every: string
  operator: 'GreaterThan' | 'LessThan'
  threshold: int
  @description('False where only a person can say that it is over.')
  resolvesItself: bool
}

var logAlerts logAlert[] = [
  {
    title: 'Stuck mail'
    query: loadTextContent('../alerts/stuck-mail.kql')
    severity: 2
    window: 'PT6H'
    every: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
    resolvesItself: true
  }
  {
    title: 'Bounced mail'
    query: loadTextContent('../alerts/bounced-mail.kql')
    severity: 3
    window: 'PT1H'
    every: 'PT1H'
    operator: 'GreaterThan'
    threshold: 0
    resolvesItself: true
  }
  {
    title: 'Blocked application'
    query: loadTextContent('../alerts/blocked-application.kql')
    severity: 2
    window: 'PT15M'
    every: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
    resolvesItself: false
  }
  {
    title: 'Failed turns'
    query: loadTextContent('../alerts/failed-turn.kql')
    severity: 2
    window: 'PT6H'
    every: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
    resolvesItself: true
  }
  {
    title: 'Pay run stands still'
    query: loadTextContent('../alerts/pay-run.kql')
    severity: 2
    window: 'PT1H'
    every: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
    resolvesItself: false
  }
  {
    title: 'Patrol not running'
    query: loadTextContent('../alerts/patrol-not-running.kql')
    severity: 1
    window: 'PT30M'
    every: 'PT10M'
    operator: 'LessThan'
    threshold: 1
    resolvesItself: true
  }
  {
    title: 'Server errors'
    query: loadTextContent('../alerts/server-errors.kql')
    severity: 1
    window: 'PT15M'
    every: 'PT5M'
    operator: 'GreaterThan'
    threshold: 5
    resolvesItself: true
  }
  {
    title: 'Dead orchestrations'
    query: loadTextContent('../alerts/dead-orchestration.kql')
    severity: 2
    window: 'PT1H'
    every: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
    resolvesItself: true
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(alarmEmail)) {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'subsidy'
    enabled: true
    emailReceivers: [
      {
        name: 'on duty'
        emailAddress: alarmEmail
        useCommonAlertSchema: true
      }
    ]
  }
}

resource logRules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for alert in logAlerts: {
  name: alert.title
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: alert.title
    description: 'docs/runbook.md, "${alert.title}"'
    severity: alert.severity
    enabled: true
    autoMitigate: alert.resolvesItself
    scopes: [workspaceId]
    windowSize: alert.window
    evaluationFrequency: alert.every
    // A new workspace does not know the tables yet.
    skipQueryValidation: true
    criteria: {
      allOf: [
        {
          query: alert.query
          timeAggregation: 'Count'
          operator: alert.operator
          threshold: alert.threshold
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: empty(alarmEmail) ? [] : [people.id] }
  }
}]

resource storageThrottling 'Microsoft.Insights/metricAlerts@2018-03-01' = [for (id, i) in storageAccountIds: {
  name: 'Storage throttling ${i + 1}'
  location: 'global'
  tags: tags
  properties: {
    description: 'docs/runbook.md, "Storage throttling"'
    severity: 2
    enabled: true
    autoMitigate: true
    scopes: [id]
    windowSize: 'PT15M'
    evaluationFrequency: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'throttled'
          criterionType: 'StaticThresholdCriterion'
          metricName: 'Transactions'
          dimensions: [
            {
              name: 'ResponseType'
              operator: 'Include'
              values: [
                'ServerBusyError'
                'ClientThrottlingError'
                'ClientAccountRequestThrottlingError'
                'ClientAccountBandwidthThrottlingError'
              ]
            }
          ]
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 20
        }
      ]
    }
    actions: empty(alarmEmail) ? [] : [{ actionGroupId: people.id }]
  }
}]

resource keyVaultThrottling 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'Key Vault throttling'
  location: 'global'
  tags: tags
  properties: {
    description: 'docs/runbook.md, "Key Vault throttling"'
    severity: 2
    enabled: true
    autoMitigate: true
    scopes: [keyVaultId]
    windowSize: 'PT15M'
    evaluationFrequency: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'throttled'
          criterionType: 'StaticThresholdCriterion'
          metricName: 'ServiceApiResult'
          dimensions: [{ name: 'StatusCode', operator: 'Include', values: ['429'] }]
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: empty(alarmEmail) ? [] : [{ actionGroupId: people.id }]
  }
}
