using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Schemes;
using Subsidy.Storage.Indexes;
using Subsidy.Storage.Papers;
using Subsidy.Storage.Streams;

namespace Subsidy.Storage.Tests.Crashes;

/// <summary>One application on real storage: what its applicant and its reviewers do, and what must hold of it at any time.</summary>
internal sealed class Life
{
    private static readonly byte[] Pdf = "%PDF-1.7 proof"u8.ToArray();

    private readonly Store store;
    private readonly Office office;
    private readonly Desk desk;
    private readonly Turns turns;
    private readonly PersonKey person;

    public Life(Store store, Office office, int number)
    {
        (this.store, this.office) = (store, office);
        Id = $"k7qm3wxtp{number:D3}".Replace('0', 'z').Replace('1', 'y');
        person = new PersonKey($"person-{number}");
        desk = new Desk(store.Get<IStreams>(), office, office, office, office, store.Time);
        turns = new Turns(
            store.Get<IStreams>(), desk, store.Get<IClaims>(), store.Get<IIndexes>(), office, store.Get<IPermitNumbers>(), store.Get<IPapers>(),
            new MoneyDuties(store.Get<FundDesk>(), store.Get<YearEnd>()), store.Time);
    }

    public string Id { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task<Application?> FindAsync() => (await store.Get<IStreams>().LoadAsync(Id, Cancel))?.Application;

    /// <summary>As the POST does: look, take the papers, submit, take the claims. Again after a failure, it does no harm.</summary>
    public async Task SubmitAsync()
    {
        var head = await desk.FindAsync(Id, Cancel);
        if (head is null)
        {
            var papers = new List<AddPaper>();
            foreach (var kind in office.Transport.Documents.Select(document => document.Kind))
                papers.Add(new AddPaper((await store.Get<IPaperStore>().TakeAsync(Id, kind, new MemoryStream(Pdf), 1000, Cancel)).Paper!, $"{kind}.pdf"));
            var answer = await desk.HandleAsync(Id, null, new Submit(Id, "dongshan", "zh", "print", Form, [person], papers), office.Transport, Cancel);
            Assert.True(answer.Refusal is null, answer.Refusal?.Faults[0].Message.En);
            head = answer.Head!;
        }
        await turns.TakeClaimsAsync(head, Cancel);
    }

    /// <summary>The first who is asked says yes. False when it has been said before.</summary>
    public async Task<bool> ApproveAsync(JsonObject? measured = null)
    {
        var application = (await FindAsync())!;
        if (application.Assignments is not [var open, ..])
            return false;
        var asked = open.Seats.First(seat => seat.Open).Candidates[0];
        var step = (DecisionStep)office.Transport.StepOf(open.Step);
        var vote = new CastVote(
            asked.Staff, open.Key, open.Round, asked.Link, application.Version, Decision.Approve, null, [],
            [.. step.Checklist.Select(item => item.Key)], measured, [], null);
        var answer = await desk.HandleAsync(Id, vote, null, Cancel);
        Assert.True(answer.Refusal is null, answer.Refusal?.Faults[0].Message.En);
        return true;
    }

    public Task<Turn?> TurnAsync() => turns.TakeAsync(Id, Cancel);

    /// <summary>Looks after this application as the patrol does, until nothing of it is due; a failed turn and a lease have run out by then.</summary>
    public async Task PatrolAsync()
    {
        store.Time.Advance(TimeSpan.FromMinutes(6));
        for (var round = 0; round < 10; round++)
        {
            var due = await store.Get<StreamTable>().DueAsync(Rows.ShardOf(Id), store.Time.GetUtcNow(), Cancel);
            if (due.All(one => one.Id != Id))
                return;
            await TurnAsync();
        }
        Assert.Fail("An application stays due for ever.");
    }

    /// <summary>Nothing is lost, nothing is there twice, everything fits.</summary>
    public async Task CheckAsync()
    {
        var application = await FindAsync();
        var claim = new Claim($"transport-subsidy|yearly|{person}|2026", "yearly", 1, 0);
        var conflict = await store.Get<IClaims>().TakeAsync("zzzzzzzzzzzz", [claim], store.Time.GetUtcNow(), Cancel);
        if (application is null)
        {
            Assert.Null(conflict);
            await store.Get<IClaims>().ReleaseAsync("zzzzzzzzzzzz", [claim], Cancel);
            return;
        }
        Assert.Equal([claim], application.Claims);
        Assert.Equal(Id, conflict?.EarlierApplication);
        Assert.True(application.ClaimsHeld);
        Assert.Empty(application.Duties);
        Assert.True((await store.Get<Histories>().VerifyAsync(Id, Cancel))!.Sound);
        var events = await store.Get<IStreams>().ReadAsync(Id, Cancel).ToListAsync(Cancel);
        Assert.Equal(Json(Evolver.Fold(Id, events.Select(stored => stored.Recorded))), Json(application));
        Assert.Single(events, stored => stored.Recorded.Event is Submitted);
        Assert.Single(events, stored => stored.Recorded.Event is ClaimsTaken);

        var rows = IndexRows.Of(application).ToList();
        Assert.Equal(rows.Select(row => $"{row.Key} {row.Digest}").Order(), application.Indexed.Select(row => $"{row.Key} {row.Value}").Order());
        Assert.Equal(rows.Select(row => row.Key).Order(), (await StoredRowsAsync()).Order());

        foreach (var paper in events.Select(stored => stored.Recorded.Event).OfType<PaperAdded>())
        {
            await using var content = await store.Get<IPaperStore>().OpenAsync(Id, paper.Paper, Cancel);
            var bytes = new byte[100];
            Assert.Equal(Pdf.Length, await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, Cancel));
        }

        // Who is asked has been told; nobody was told the same thing more than once for each crash.
        var asked = application.Assignments.SelectMany(assignment => assignment.Seats).SelectMany(seat => seat.Candidates).Select(one => one.Staff);
        Assert.All(asked, staff => Assert.Contains(office.Sent, duty => duty.StartsWith(Id, StringComparison.Ordinal) && duty.EndsWith(staff, StringComparison.Ordinal)));
        Assert.All(office.Sent.CountBy(duty => duty), sent => Assert.InRange(sent.Value, 1, 2));
    }

    private static Form Form => new(
        new Applicant(ApplicantKind.Person, "张三丰", "369900197903125017", "13800000000", null),
        [],
        new Payee("张三丰", "6222020000000000000", "青溪农商银行"),
        (JsonObject)JsonNode.Parse(
            """{"destination":"otherProvince","workplace":"广东省东莞市长安镇","employer":"样例电子厂","leftOn":"2025-11-10","monthsWorked":3,"organisedTransport":false}""")!);

    private async Task<List<string>> StoredRowsAsync()
    {
        var keys = new List<string>();
        await foreach (var row in store.Settings.Table("indexes").QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"Application eq {Id}"), cancellationToken: Cancel))
            keys.Add(row.RowKey);
        return keys;
    }

    private static string Json(Application application) => JsonSerializer.Serialize(application, StoredJson.Options);
}
