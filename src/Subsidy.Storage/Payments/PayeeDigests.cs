using System.Buffers.Text;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage.Payments;

internal sealed class PayeeDigests(Secrets secrets) : IPayeeDigests
{
    public string OfAccount(string account) => Of($"account\n{account}");

    public string OfPayee(Payee payee) => Of($"payee\n{payee.Name}\n{payee.Account}\n{payee.Bank}");

    private string Of(string text) => Base64Url.EncodeToString(secrets.Mac(SecretPurpose.Payees, text).AsSpan(0, 16));
}
