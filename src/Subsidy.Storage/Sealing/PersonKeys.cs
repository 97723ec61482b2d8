using System.Buffers.Text;
using Subsidy.Core;

namespace Subsidy.Storage.Sealing;

/// <summary>Makes the keyed hashes by which the same person is known again.</summary>
public sealed class PersonKeys(Secrets secrets)
{
    /// <param name="idNumber">Normalised: 18 characters, upper case. Two spellings would be two people.</param>
    public PersonKey Of(string idNumber)
    {
        ArgumentException.ThrowIfNullOrEmpty(idNumber);
        return new PersonKey(Base64Url.EncodeToString(secrets.Mac(SecretPurpose.PersonKeys, idNumber).AsSpan(0, 16)));
    }
}
