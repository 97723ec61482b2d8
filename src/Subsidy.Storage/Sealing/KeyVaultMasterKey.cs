using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Azure.Core;

namespace Subsidy.Storage.Sealing;

/// <summary>
/// The master key in Azure Key Vault: an RSA key that never leaves it. Wraps with RSA-OAEP-256 by the service's REST interface
/// (<c>wrapkey</c>, <c>unwrapkey</c>; api-version 7.4). It is asked when a process starts, not for each application.
/// </summary>
/// <param name="address">Of the key, with or without a version: <c>https://….vault.azure.net/keys/master</c>.</param>
/// <param name="http">Retries and limits of time are its handler's.</param>
public sealed class KeyVaultMasterKey(Uri address, TokenCredential credential, HttpClient http) : IMasterKey
{
    private const string Algorithm = "RSA-OAEP-256";
    private const string Version = "7.4";

    public string Id => address.AbsoluteUri;

    public async Task<byte[]> WrapAsync(byte[] key)
    {
        var answer = await AskAsync(address, "wrapkey", key);
        // The answer names the version that wrapped; it goes in front, so that a rotated key still unwraps what it wrapped.
        var version = System.Text.Encoding.UTF8.GetBytes(answer.Kid[(answer.Kid.LastIndexOf('/') + 1)..]);
        return [(byte)version.Length, .. version, .. Base64Url.DecodeFromChars(answer.Value)];
    }

    public async Task<byte[]> UnwrapAsync(string id, byte[] wrapped)
    {
        var length = wrapped[0];
        var version = System.Text.Encoding.UTF8.GetString(wrapped, 1, length);
        var name = string.Join('/', new Uri(id).AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Take(2));
        var answer = await AskAsync(new Uri(new Uri(id), $"/{name}/{version}"), "unwrapkey", wrapped[(1 + length)..]);
        return Base64Url.DecodeFromChars(answer.Value);
    }

    /// <exception cref="MasterKeyException">The vault refused; the message says with which status.</exception>
    private async Task<Answer> AskAsync(Uri at, string operation, byte[] value)
    {
        // https://name.vault.azure.net, https://name.vault.azure.cn: the audience is the vault's domain without the name.
        var audience = $"https://{at.Host[(at.Host.IndexOf('.', StringComparison.Ordinal) + 1)..]}/.default";
        var token = await credential.GetTokenAsync(new TokenRequestContext([audience]), CancellationToken.None);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{at.AbsoluteUri.TrimEnd('/')}/{operation}?api-version={Version}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        request.Content = JsonContent.Create(new { alg = Algorithm, value = Base64Url.EncodeToString(value) });
        using var response = await http.SendAsync(request);
        if (!response.IsSuccessStatusCode)
            throw new MasterKeyException($"The key vault answered {(int)response.StatusCode} to {operation} with {at}.");
        return await response.Content.ReadFromJsonAsync<Answer>()
            ?? throw new MasterKeyException($"The key vault answered nothing to {operation} with {at}.");
    }

    private sealed record Answer(string Kid, string Value);
}
