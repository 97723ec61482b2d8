using Subsidy.Core;
using Subsidy.Core.Engine;

namespace Subsidy.Storage.Tests.Payments;

/// <summary>Who is paid to which account.</summary>
public sealed class PayeeIndexTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>One property of a row takes 64 KiB; a run that could not note its payees would stand still for good.</summary>
    [Fact]
    public async Task An_account_of_an_institution_that_many_large_households_share_keeps_no_run_from_being_prepared()
    {
        await using var store = await Store.OpenAsync(azurite);
        var payees = store.Get<IPayeeIndex>();
        for (var n = 0; n < 60; n++)
            await payees.NoteAsync("account|shared", new PayeeUse($"application{n}", [.. Enumerable.Range(0, 30).Select(person => new PersonKey($"{n:D3}{person:D40}"))]), Cancel);

        var found = await payees.FindAsync("account|shared", Cancel);

        Assert.Equal("application0", found[0].Application);
        Assert.InRange(found.Count, 20, 59);
        await payees.NoteAsync("account|shared", new PayeeUse("application0", [new PersonKey("fewer")]), Cancel);
        Assert.Contains(await payees.FindAsync("account|shared", Cancel), use => use.Persons.SequenceEqual([new PersonKey("fewer")]));
    }
}
