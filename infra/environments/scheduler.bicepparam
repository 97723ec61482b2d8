// For walking the end-to-end tests on the Durable Task Scheduler before production goes over to it.
using '../main.bicep'

param environmentName = 'subsidy-scheduler'
param location = readEnvironmentVariable('AZURE_LOCATION', 'southeastasia')
param principalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param alarmEmail = readEnvironmentVariable('SUBSIDY_ALARM_EMAIL', '')
param mailFrom = readEnvironmentVariable('SUBSIDY_MAIL_FROM', 'no-reply@township.example')
param staffSignInClientId = readEnvironmentVariable('SUBSIDY_SIGN_IN_CLIENT_ID', '')
param durableProvider = 'DurableTaskScheduler'
param defenderForStorage = true
param recordsRedundancy = 'Standard_LRS'
param deletedRetentionDays = 7
param anchorRetentionDays = 1
param logRetentionDays = 30
param logDailyCapGb = 1
