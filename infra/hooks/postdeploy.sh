#!/bin/sh
# After the code is published: loads the sample township when asked to (SUBSIDY_LOAD_SAMPLE=true), never over files that are there.
set -eu
[ "${SUBSIDY_LOAD_SAMPLE:-false}" = true ] || exit 0
cd "$(dirname "$0")/../.."

there=$(az storage blob list --account-name "$SUBSIDY_HOST_STORAGE" --auth-mode login --container-name township --num-results 1 --query 'length(@)' --output tsv)
if [ "$there" != 0 ]; then
  echo "The township has files already; the sample is not loaded."
  exit 0
fi
az storage blob upload-batch --account-name "$SUBSIDY_HOST_STORAGE" --auth-mode login --destination township --source src/township --output none
az storage blob upload-batch --account-name "$SUBSIDY_HOST_STORAGE" --auth-mode login --destination township --destination-path schemes --source src/schemes --pattern '*.yaml' --output none
az functionapp restart --name "$SUBSIDY_FUNCTION_APP" --resource-group "$AZURE_RESOURCE_GROUP"
echo "The sample township is loaded: $SUBSIDY_BASE_ADDRESS"
