# After provisioning, when the app's address and identity are known: the Entra application sends people back there, and trusts that
# identity instead of a secret.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
if (-not $env:SUBSIDY_SIGN_IN_CLIENT_ID) { exit 0 }

az ad app update --id $env:SUBSIDY_SIGN_IN_CLIENT_ID --web-redirect-uris "$env:SUBSIDY_BASE_ADDRESS/.auth/login/aad/callback"

if ($env:SUBSIDY_SIGN_IN_CREDENTIAL -and $env:SUBSIDY_SIGN_IN_CREDENTIAL -ne 'ManagedIdentity') { exit 0 }
$audience = switch (az cloud show --query name --output tsv) {
    'AzureChinaCloud' { 'api://AzureADTokenExchangeChina' }
    'AzureUSGovernment' { 'api://AzureADTokenExchangeUSGov' }
    default { 'api://AzureADTokenExchange' }
}
$principal = $env:SUBSIDY_IDENTITY_PRINCIPAL_ID
$known = az ad app federated-credential list --id $env:SUBSIDY_SIGN_IN_CLIENT_ID --query "[?subject=='$principal'] | length(@)" --output tsv
if ($known -ne '0') { exit 0 }

# By file: quotes inside an argument do not survive every shell.
$file = New-TemporaryFile
try {
    @{
        name        = "subsidy-$($principal.Substring(0, 8))"
        description = 'The application proves itself by its managed identity.'
        issuer      = "$env:SUBSIDY_SIGN_IN_AUTHORITY$env:AZURE_TENANT_ID/v2.0"
        subject     = $principal
        audiences   = @($audience)
    } | ConvertTo-Json | Set-Content -Path $file
    az ad app federated-credential create --id $env:SUBSIDY_SIGN_IN_CLIENT_ID --output none --parameters "@$file"
} finally {
    Remove-Item $file
}
