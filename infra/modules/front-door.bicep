// The edge: it takes away headers that only the platform may set, and slows down who asks too often. Its id is known before the app
// exists, so that the app can refuse everyone else.
param profileName string
param endpointName string
param firewallName string
param tags object
param sku 'Standard_AzureFrontDoor' | 'Premium_AzureFrontDoor'

@description('Requests of one address in a minute before it is turned away.')
@minValue(10)
param requestsPerMinute int

resource profile 'Microsoft.Cdn/profiles@2024-09-01' = {
  name: profileName
  location: 'global'
  tags: tags
  sku: { name: sku }
  properties: { originResponseTimeoutSeconds: 240 }
}

resource endpoint 'Microsoft.Cdn/profiles/afdEndpoints@2024-09-01' = {
  parent: profile
  name: endpointName
  location: 'global'
  tags: tags
  properties: { enabledState: 'Enabled' }
}

resource headers 'Microsoft.Cdn/profiles/ruleSets@2024-09-01' = {
  parent: profile
  name: 'headers'
}

resource strip 'Microsoft.Cdn/profiles/ruleSets/rules@2024-09-01' = {
  parent: headers
  name: 'strip'
  properties: {
    order: 1
    matchProcessingBehavior: 'Continue'
    actions: [
      // A client that sends this header makes the Functions host wait for an invocation that never comes.
      {
        name: 'ModifyRequestHeader'
        parameters: {
          typeName: 'DeliveryRuleHeaderActionParameters'
          headerAction: 'Delete'
          headerName: 'x-ms-invocation-id'
        }
      }
      // Set by App Service Authentication only; it removes a client's own too, this is the second bolt on the same door.
      {
        name: 'ModifyRequestHeader'
        parameters: {
          typeName: 'DeliveryRuleHeaderActionParameters'
          headerAction: 'Delete'
          headerName: 'X-MS-CLIENT-PRINCIPAL'
        }
      }
    ]
  }
}

resource firewall 'Microsoft.Network/FrontDoorWebApplicationFirewallPolicies@2024-02-01' = {
  name: firewallName
  location: 'global'
  tags: tags
  sku: { name: sku }
  properties: {
    policySettings: {
      enabledState: 'Enabled'
      mode: 'Prevention'
      requestBodyCheck: sku == 'Premium_AzureFrontDoor' ? 'Enabled' : 'Disabled'
    }
    customRules: {
      rules: [
        {
          name: 'RequestsPerMinute'
          ruleType: 'RateLimitRule'
          priority: 100
          action: 'Block'
          rateLimitDurationInMinutes: 1
          rateLimitThreshold: requestsPerMinute
          matchConditions: [
            {
              matchVariable: 'SocketAddr'
              operator: 'IPMatch'
              negateCondition: true
              matchValue: ['255.255.255.255/32']
            }
          ]
        }
      ]
    }
    managedRules: {
      managedRuleSets: sku == 'Premium_AzureFrontDoor'
        ? [
            { ruleSetType: 'Microsoft_DefaultRuleSet', ruleSetVersion: '2.1', ruleSetAction: 'Block' }
            { ruleSetType: 'Microsoft_BotManagerRuleSet', ruleSetVersion: '1.1' }
          ]
        : []
    }
  }
}

resource protection 'Microsoft.Cdn/profiles/securityPolicies@2024-09-01' = {
  parent: profile
  name: 'protection'
  properties: {
    parameters: {
      type: 'WebApplicationFirewall'
      wafPolicy: { id: firewall.id }
      associations: [
        {
          domains: [{ id: endpoint.id }]
          patternsToMatch: ['/*']
        }
      ]
    }
  }
}

output profileName string = profile.name
output endpointName string = endpoint.name
output ruleSetName string = headers.name
output frontDoorId string = profile.properties.frontDoorId
output hostName string = endpoint.properties.hostName
