# Before anything is provisioned: the Bicep compiles, and there is an Entra application for staff to sign in to.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Set-Location (Join-Path $PSScriptRoot '..')

if (Get-Command bicep -ErrorAction SilentlyContinue) {
    bicep build main.bicep --stdout | Out-Null
} else {
    az bicep build --file main.bicep --stdout | Out-Null
}

if ($env:SUBSIDY_SIGN_IN -eq 'off') {
    Write-Host 'SUBSIDY_SIGN_IN is off: staff will not be able to sign in.'
    exit 0
}
if ($env:SUBSIDY_SIGN_IN_CLIENT_ID) { exit 0 }

$name = "subsidy-$env:AZURE_ENV_NAME"
$id = az ad app list --filter "displayName eq '$name'" --query '[0].appId' --output tsv
if (-not $id) {
    try {
        $id = az ad app create --display-name $name --sign-in-audience AzureADMyOrg --enable-id-token-issuance true --query appId --output tsv
    } catch {
        Write-Error "The Entra application $name could not be made. Have somebody with the right make it and set SUBSIDY_SIGN_IN_CLIENT_ID, or set SUBSIDY_SIGN_IN=off."
    }
    az ad sp create --id $id --output none
}
azd env set SUBSIDY_SIGN_IN_CLIENT_ID $id
