# After the code is published: loads the sample township when asked to (SUBSIDY_LOAD_SAMPLE=true), never over files that are there.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
if ($env:SUBSIDY_LOAD_SAMPLE -ne 'true') { exit 0 }
Set-Location (Join-Path $PSScriptRoot '../..')

$there = az storage blob list --account-name $env:SUBSIDY_HOST_STORAGE --auth-mode login --container-name township --num-results 1 --query 'length(@)' --output tsv
if ($there -ne '0') {
    Write-Host 'The township has files already; the sample is not loaded.'
    exit 0
}
az storage blob upload-batch --account-name $env:SUBSIDY_HOST_STORAGE --auth-mode login --destination township --source src/township --output none
az storage blob upload-batch --account-name $env:SUBSIDY_HOST_STORAGE --auth-mode login --destination township --destination-path schemes --source src/schemes --pattern '*.yaml' --output none
az functionapp restart --name $env:SUBSIDY_FUNCTION_APP --resource-group $env:AZURE_RESOURCE_GROUP
Write-Host "The sample township is loaded: $env:SUBSIDY_BASE_ADDRESS"
