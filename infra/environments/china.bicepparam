// Azure operated by 21Vianet, for data that must stay in mainland China. Storage and vault addresses follow from the cloud that is
// deployed to (az cloud set --name AzureChinaCloud); what differs in kind is said here. See docs/azure.md, "China regions".
using '../main.bicep'

param environmentName = 'subsidy-china'
param location = readEnvironmentVariable('AZURE_LOCATION', 'chinanorth3')
param principalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param principalType = 'ServicePrincipal'
param publicBaseUrl = readEnvironmentVariable('SUBSIDY_PUBLIC_BASE_URL', '')
param alarmEmail = readEnvironmentVariable('SUBSIDY_ALARM_EMAIL', '')
// SendGrid sends from outside the country; a domestic mail server does not.
param mailProvider = 'Smtp'
param mailFrom = readEnvironmentVariable('SUBSIDY_MAIL_FROM', 'no-reply@township.example')
param smtpHost = readEnvironmentVariable('SUBSIDY_SMTP_HOST', 'smtp.township.example')
param smtpUser = readEnvironmentVariable('SUBSIDY_SMTP_USER', '')
param staffSignInClientId = readEnvironmentVariable('SUBSIDY_SIGN_IN_CLIENT_ID', '')
// Entra in this cloud issues its tokens under this name, not under the one that environment() gives.
param authorityHost = readEnvironmentVariable('SUBSIDY_AUTHORITY_HOST', 'https://login.partner.microsoftonline.cn/')
param staffSignInCredential = 'Secret'
// No Flex Consumption here.
param planSku = readEnvironmentVariable('SUBSIDY_PLAN_SKU', 'P1v3')
param alwaysReadyInstances = 2
param recordsRedundancy = 'Standard_GRS'
param deletedRetentionDays = 90
param logRetentionDays = 365
param protectFromDeletion = true
param privateNetwork = true
