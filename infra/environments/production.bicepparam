// What real money runs on: kept warm, replicated to a second region, private, behind a front door, scanned, locked.
using '../main.bicep'

param environmentName = 'subsidy-production'
param location = readEnvironmentVariable('AZURE_LOCATION', 'southeastasia')
param principalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param principalType = 'ServicePrincipal'
param publicBaseUrl = readEnvironmentVariable('SUBSIDY_PUBLIC_BASE_URL', '')
param alarmEmail = readEnvironmentVariable('SUBSIDY_ALARM_EMAIL', '')
param mailFrom = readEnvironmentVariable('SUBSIDY_MAIL_FROM', 'no-reply@township.example')
param sendGridEventPublicKey = readEnvironmentVariable('SUBSIDY_SENDGRID_EVENT_PUBLIC_KEY', '')
param staffSignInClientId = readEnvironmentVariable('SUBSIDY_SIGN_IN_CLIENT_ID', '')
param alwaysReadyInstances = 1
param maximumInstances = 100
// Storage is what the walks were seen to run on; the scheduler is there to be tried (docs/azure.md).
param durableProvider = 'AzureStorage'
param recordsRedundancy = 'Standard_GZRS'
param workingRedundancy = 'Standard_ZRS'
param deletedRetentionDays = 90
param logRetentionDays = 365
param protectFromDeletion = true
param privateNetwork = true
param frontDoor = 'Standard'
param defenderForStorage = true
