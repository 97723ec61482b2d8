using Subsidy.Core.Applications;
using Subsidy.Core.Engine;

namespace Subsidy.Storage.Tests.Permits;

public sealed class TablePermitNumbersTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly CertificateOrder Letter = new("letter", "ZJD");
    private static readonly CertificateOrder Plan = new("plan", "XCGH");

    private Store store = null!;

    private IPermitNumbers Numbers => store.Get<IPermitNumbers>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => store = await Store.OpenAsync(azurite);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task Each_series_counts_for_itself_from_one()
    {
        var first = await Numbers.NumberAsync("a", "permits", 2026, [Letter, Plan], Cancel);
        var second = await Numbers.NumberAsync("b", "permits", 2026, [Letter], Cancel);
        var nextYear = await Numbers.NumberAsync("c", "permits", 2027, [Letter], Cancel);

        Assert.Equal(["ZJD-2026-00001", "XCGH-2026-00001"], first.Select(permit => permit.Number));
        Assert.Equal("ZJD-2026-00002", second.Single().Number);
        Assert.Equal("ZJD-2027-00001", nextYear.Single().Number);
    }

    [Fact]
    public async Task The_same_application_and_step_always_get_the_same_number()
    {
        var once = await Numbers.NumberAsync("a", "permits", 2026, [Letter], Cancel);
        await Numbers.NumberAsync("b", "permits", 2026, [Letter], Cancel);

        Assert.Equal(once, await Numbers.NumberAsync("a", "permits", 2026, [Letter], Cancel));
    }

    [Fact]
    public async Task Many_at_once_get_different_numbers_without_a_gap()
    {
        var given = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Numbers.NumberAsync($"a{i}", "permits", 2026, [Letter], Cancel)));

        Assert.Equal(
            Enumerable.Range(1, 10).Select(i => $"ZJD-2026-{i:D5}"),
            given.Select(permits => permits.Single().Number).Order(StringComparer.Ordinal));
    }
}
