// App Service Authentication in front of the app. Applicants and people with a link pass without signing in; staff go to
// /.auth/login/aad. The platform removes X-MS-CLIENT-PRINCIPAL from every request and sets it for those who signed in, which is why
// the application may believe it, and says so in WEBSITE_AUTH_ENABLED.
param functionAppName string

@description('Client id of the Entra application that staff sign in to. Empty: nobody can sign in.')
param clientId string

@description('Setting that holds how the app proves itself to Entra: a managed identity\'s client id, or a secret.')
param credentialSettingName string

@description('Issuer of the tokens: authority, tenant and version.')
param issuer string

@description('Where people reach the site, if not at the app\'s own address.')
param publicBaseUrl string

@description('True where a front door forwards the host that people asked for.')
param behindFrontDoor bool

resource site 'Microsoft.Web/sites@2024-04-01' existing = {
  name: functionAppName
}

resource authentication 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: site
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: !empty(clientId), runtimeVersion: '~1' }
    globalValidation: {
      requireAuthentication: false
      unauthenticatedClientAction: 'AllowAnonymous'
    }
    httpSettings: {
      requireHttps: true
      forwardProxy: { convention: behindFrontDoor ? 'Standard' : 'NoProxy' }
      routes: { apiPrefix: '/.auth' }
    }
    identityProviders: {
      azureActiveDirectory: {
        enabled: !empty(clientId)
        registration: {
          clientId: clientId
          clientSecretSettingName: credentialSettingName
          openIdIssuer: issuer
        }
        validation: { allowedAudiences: [clientId, 'api://${clientId}'] }
      }
    }
    login: {
      allowedExternalRedirectUrls: [publicBaseUrl]
      cookieExpiration: { convention: 'FixedTime', timeToExpiration: '08:00:00' }
      nonce: { validateNonce: true, nonceExpirationInterval: '00:05:00' }
      preserveUrlFragmentsForLogins: false
      // The application asks Entra for nothing in a person's name, so no token is kept.
      tokenStore: { enabled: false }
    }
  }
}
