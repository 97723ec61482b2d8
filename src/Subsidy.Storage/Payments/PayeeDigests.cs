using System.Buffers.Text;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.People;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage.Payments;

internal sealed class PayeeDigests(Secrets secrets) : IPayeeDigests
{
    /// <summary>One account however it was typed.</summary>
    public string OfAccount(string account) => Of($"account\n{(BankAccount.TryParse(account, out var known, out _) ? known.Value : account)}");

    public string OfPayee(Payee payee) => Of($"payee\n{payee.Name}\n{payee.Account}\n{payee.Bank}");

    private string Of(string text) => Base64Url.EncodeToString(secrets.Mac(SecretPurpose.Payees, text).AsSpan(0, 16));
}
