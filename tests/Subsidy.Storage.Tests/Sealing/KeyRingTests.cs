using System.Security.Cryptography;
using Azure.Data.Tables;
using Subsidy.Core;
using Subsidy.Storage.Sealing;

namespace Subsidy.Storage.Tests.Sealing;

public sealed class KeyRingTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_process_opens_what_this_one_wrapped()
    {
        await using var store = await Store.OpenAsync(azurite);
        var keys = DataKeys.New();
        var wrapped = store.Get<KeyRing>().Wrap("app", keys);

        await using var again = await store.AgainAsync(azurite);
        var opened = await again.Get<KeyRing>().UnwrapAsync("app", wrapped, Cancel);
        Assert.Equal(keys.Applicant, opened.Applicant);
        Assert.Equal(keys.Objector, opened.Objector);
    }

    [Fact]
    public async Task Keys_of_one_application_do_not_open_as_those_of_another()
    {
        await using var store = await Store.OpenAsync(azurite);
        var wrapped = store.Get<KeyRing>().Wrap("app", DataKeys.New());
        await Assert.ThrowsAnyAsync<CryptographicException>(
            async () => await store.Get<KeyRing>().UnwrapAsync("other", wrapped, Cancel));
        await Assert.ThrowsAnyAsync<CryptographicException>(async () => await store.Get<KeyRing>()
            .UnwrapAsync("app", wrapped with { Applicant = wrapped.Objector, Objector = wrapped.Applicant }, Cancel));
    }

    [Fact]
    public async Task A_new_key_wraps_from_then_on_and_the_old_one_still_opens()
    {
        await using var store = await Store.OpenAsync(azurite);
        await using var running = await store.AgainAsync(azurite);
        var ring = store.Get<KeyRing>();
        var old = ring.Wrap("app", DataKeys.New());

        await ring.RotateAsync(Cancel);
        var young = ring.Wrap("app", DataKeys.New());

        Assert.NotEqual(old.KekId, young.KekId);
        await ring.UnwrapAsync("app", old, Cancel);
        await running.Get<KeyRing>().UnwrapAsync("app", young, Cancel);
        await using var later = await store.AgainAsync(azurite);
        Assert.Equal(young.KekId, later.Get<KeyRing>().Wrap("app", DataKeys.New()).KekId);
    }

    [Fact]
    public async Task A_process_asks_the_master_key_once()
    {
        await using var store = await Store.OpenAsync(azurite);
        await using var again = await store.AgainAsync(azurite);
        var wrapped = store.Get<KeyRing>().Wrap("app", DataKeys.New());
        for (var i = 0; i < 3; i++)
            await again.Get<KeyRing>().UnwrapAsync("app", wrapped, Cancel);
        Assert.Equal(0, again.Wire.Sent);
    }

    [Fact]
    public async Task Two_processes_that_start_at_once_on_empty_storage_share_their_keys()
    {
        await using var store = await Store.OpenAsync(azurite);
        await foreach (var row in store.Settings.Table("keys").QueryAsync<TableEntity>(cancellationToken: Cancel))
            await store.Settings.Table("keys").DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: Cancel);

        var both = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => store.AgainAsync(azurite)));
        Assert.Single(both.Select(one => one.Get<PersonKeys>().Of("36012119900307123X")).Distinct());
        var wrapped = both[0].Get<KeyRing>().Wrap("app", DataKeys.New());
        foreach (var one in both)
            await one.Get<KeyRing>().UnwrapAsync("app", wrapped, Cancel);
        foreach (var one in both)
            await one.DisposeAsync();
    }

    [Fact]
    public async Task A_person_has_one_key_that_tells_nothing_and_differs_elsewhere()
    {
        await using var store = await Store.OpenAsync(azurite);
        await using var elsewhere = await Store.OpenAsync(azurite);
        var key = store.Get<PersonKeys>().Of("36012119900307123X");

        Assert.Equal(key, store.Get<PersonKeys>().Of("36012119900307123X"));
        Assert.Equal(22, key.Value.Length);
        Assert.NotEqual(key, store.Get<PersonKeys>().Of("360121199003071230"));
        Assert.NotEqual(key, elsewhere.Get<PersonKeys>().Of("36012119900307123X"));
    }

    [Fact]
    public async Task Each_purpose_has_a_secret_of_its_own()
    {
        await using var store = await Store.OpenAsync(azurite);
        var secrets = store.Get<Secrets>();
        var macs = Enum.GetValues<SecretPurpose>().Select(purpose => Convert.ToHexString(secrets.Mac(purpose, "same"))).ToList();
        Assert.Equal(macs.Count, macs.Distinct().Count());
    }
}
