#!/bin/sh
# After provisioning, when the app's address and identity are known: the Entra application sends people back there, and trusts that
# identity instead of a secret.
set -eu
[ -n "${SUBSIDY_SIGN_IN_CLIENT_ID:-}" ] || exit 0

az ad app update --id "$SUBSIDY_SIGN_IN_CLIENT_ID" --web-redirect-uris "$SUBSIDY_BASE_ADDRESS/.auth/login/aad/callback"

[ "${SUBSIDY_SIGN_IN_CREDENTIAL:-ManagedIdentity}" = ManagedIdentity ] || exit 0
case "$(az cloud show --query name --output tsv)" in
  AzureChinaCloud) audience=api://AzureADTokenExchangeChina ;;
  AzureUSGovernment) audience=api://AzureADTokenExchangeUSGov ;;
  *) audience=api://AzureADTokenExchange ;;
esac
known=$(az ad app federated-credential list --id "$SUBSIDY_SIGN_IN_CLIENT_ID" --query "[?subject=='$SUBSIDY_IDENTITY_PRINCIPAL_ID'] | length(@)" --output tsv)
[ "$known" = 0 ] || exit 0
az ad app federated-credential create --id "$SUBSIDY_SIGN_IN_CLIENT_ID" --output none --parameters "{
  \"name\": \"subsidy-$(echo "$SUBSIDY_IDENTITY_PRINCIPAL_ID" | cut -c1-8)\",
  \"description\": \"The application proves itself by its managed identity.\",
  \"issuer\": \"$SUBSIDY_SIGN_IN_AUTHORITY$AZURE_TENANT_ID/v2.0\",
  \"subject\": \"$SUBSIDY_IDENTITY_PRINCIPAL_ID\",
  \"audiences\": [\"$audience\"]
}"
