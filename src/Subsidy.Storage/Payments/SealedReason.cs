using System.Text;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage.Payments;

/// <summary>What people write about people, outside of any run or application.</summary>
internal sealed class SealedReason(Secrets secrets)
{
    public byte[] Seal(string reason, string place) => SealedBox.Seal(secrets.Key(SecretPurpose.Reasons), Encoding.UTF8.GetBytes(reason), "reason", place);

    public string Open(byte[] box, string place) => Encoding.UTF8.GetString(SealedBox.Open(secrets.Key(SecretPurpose.Reasons), box, "reason", place));
}
