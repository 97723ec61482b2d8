#!/bin/sh
# Before anything is provisioned: the Bicep compiles, and there is an Entra application for staff to sign in to.
set -eu
cd "$(dirname "$0")/.."

if command -v bicep >/dev/null 2>&1; then
  bicep build main.bicep --stdout >/dev/null
else
  az bicep build --file main.bicep --stdout >/dev/null
fi

if [ "${SUBSIDY_SIGN_IN:-on}" = off ]; then
  echo "SUBSIDY_SIGN_IN is off: staff will not be able to sign in."
  exit 0
fi
[ -z "${SUBSIDY_SIGN_IN_CLIENT_ID:-}" ] || exit 0

name="subsidy-$AZURE_ENV_NAME"
id=$(az ad app list --filter "displayName eq '$name'" --query '[0].appId' --output tsv)
if [ -z "$id" ]; then
  id=$(az ad app create --display-name "$name" --sign-in-audience AzureADMyOrg --enable-id-token-issuance true --query appId --output tsv) || {
    echo "The Entra application $name could not be made. Have somebody with the right make it and set SUBSIDY_SIGN_IN_CLIENT_ID, or set SUBSIDY_SIGN_IN=off." >&2
    exit 1
  }
  az ad sp create --id "$id" --output none
fi
azd env set SUBSIDY_SIGN_IN_CLIENT_ID "$id"
