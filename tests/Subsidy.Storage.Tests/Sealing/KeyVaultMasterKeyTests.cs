using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Azure.Core;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage.Tests.Sealing;

public sealed class KeyVaultMasterKeyTests : IDisposable
{
    private static readonly Uri Address = new("https://county.vault.azure.cn/keys/master");
    private readonly Vault vault = new();
    private readonly HttpClient http;

    public KeyVaultMasterKeyTests() => http = new HttpClient(vault);

    public void Dispose()
    {
        http.Dispose();
        vault.Dispose();
    }

    [Fact]
    public async Task What_was_wrapped_is_unwrapped_also_after_the_key_was_rotated()
    {
        var master = new KeyVaultMasterKey(Address, new Token(), http);
        var key = RandomNumberGenerator.GetBytes(32);
        var wrapped = await master.WrapAsync(key);
        vault.Rotate();

        Assert.Equal(key, await master.UnwrapAsync(master.Id, wrapped));
        Assert.Equal("/keys/master/v1/unwrapkey?api-version=7.4", vault.Asked[^1].PathAndQuery);
    }

    [Fact]
    public async Task The_token_is_asked_for_the_vaults_own_cloud()
    {
        var token = new Token();
        await new KeyVaultMasterKey(Address, token, http).WrapAsync(new byte[32]);

        Assert.Equal("https://vault.azure.cn/.default", token.Scope);
    }

    [Fact]
    public async Task A_refusal_says_what_was_refused()
    {
        vault.Refuses = true;

        var refused = await Assert.ThrowsAsync<MasterKeyException>(() => new KeyVaultMasterKey(Address, new Token(), http).WrapAsync(new byte[32]));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    private sealed class Token : TokenCredential
    {
        public string? Scope { get; private set; }

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scope = requestContext.Scopes[0];
            return new AccessToken("token", DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }

    /// <summary>A vault with one RSA key of several versions.</summary>
    private sealed class Vault : HttpMessageHandler
    {
        private readonly List<RSA> versions = [RSA.Create(2048)];

        public List<Uri> Asked { get; } = [];
        public bool Refuses { get; set; }

        public void Rotate() => versions.Add(RSA.Create(2048));

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!);
            if (Refuses)
                return new HttpResponseMessage(HttpStatusCode.Forbidden);
            var body = (await request.Content!.ReadFromJsonAsync<JsonObject>(cancellationToken))!;
            Assert.Equal("RSA-OAEP-256", body["alg"]!.GetValue<string>());
            var value = Base64Url.DecodeFromChars(body["value"]!.GetValue<string>());
            var path = request.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
            var version = path.Length == 4 ? int.Parse(path[2][1..], System.Globalization.CultureInfo.InvariantCulture) : versions.Count;
            var result = path[^1] == "wrapkey"
                ? versions[version - 1].Encrypt(value, RSAEncryptionPadding.OaepSHA256)
                : versions[version - 1].Decrypt(value, RSAEncryptionPadding.OaepSHA256);
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = JsonContent.Create(new { kid = $"https://county.vault.azure.cn/keys/master/v{version}", value = Base64Url.EncodeToString(result) }),
            };
        }

        protected override void Dispose(bool disposing)
        {
            versions.ForEach(key => key.Dispose());
            base.Dispose(disposing);
        }
    }
}
