using System.Security.Cryptography;
using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.DependencyInjection;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Storage.Papers;
using Subsidy.Storage.Streams;
using Subsidy.Storage.Tests.Streams;

namespace Subsidy.Storage.Tests.Papers;

public sealed class PaperStoreTests(AzuriteFixture azurite)
{
    private const string Id = "k7qm3wxtpb9c";
    private const long Most = 20 * 1024 * 1024;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static byte[] Pdf(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        "%PDF-1.7"u8.CopyTo(bytes);
        return bytes;
    }

    private static byte[] Eicar => Encoding.ASCII.GetBytes(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*");

    [Theory]
    [InlineData(9)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(5_000_000)]
    public async Task A_paper_comes_back_as_it_came(int length)
    {
        await using var store = await Store.OpenAsync(azurite);
        var content = Pdf(length);
        var paper = (await TakeAsync(store, content)).Paper!;

        Assert.Equal((length, "application/pdf", "proof"), (paper.Size, paper.ContentType, paper.Kind));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), paper.Sha256);
        Assert.Equal(content, await ReadAsync(store, paper));
    }

    [Fact]
    public async Task Nothing_of_it_lies_anywhere_in_the_clear()
    {
        await using var store = await Store.OpenAsync(azurite);
        var content = Pdf(200_000);
        "the secret of the person"u8.CopyTo(content.AsSpan(100_000));
        await TakeAsync(store, content);

        Assert.Empty(await NamesAsync(store, "quarantine"));
        var name = Assert.Single(await NamesAsync(store, "papers"));
        var box = (await store.Settings.Container("papers").GetBlobClient(name).DownloadContentAsync(Cancel)).Value.Content.ToArray();
        Assert.Equal(-1, box.AsSpan().IndexOf("the secret of the person"u8));
        Assert.Equal(-1, box.AsSpan().IndexOf("%PDF"u8));
    }

    [Fact]
    public async Task The_same_file_again_is_the_same_paper_and_another_kind_is_not()
    {
        await using var store = await Store.OpenAsync(azurite);
        var first = (await TakeAsync(store, Pdf(1000))).Paper!;
        await using var again = await store.AgainAsync(azurite);
        Assert.Equal(first, (await TakeAsync(again, Pdf(1000))).Paper);
        Assert.NotEqual(first.Id, (await TakeAsync(again, Pdf(1000), "idCopy")).Paper!.Id);
        Assert.NotEqual(first.Id, (await again.Get<IPaperStore>().TakeAsync("aaaaaaaaaaaa", "proof", new MemoryStream(Pdf(1000)), Most, Cancel)).Paper!.Id);
        Assert.Equal(Pdf(1000), await ReadAsync(store, first));
    }

    public static TheoryData<string, string?> Beginnings => new()
    {
        { "255044462D312E37", "application/pdf" },
        { "FFD8FFE000104A464946", "image/jpeg" },
        { "89504E470D0A1A0A00000000", "image/png" },
        { "00000018667479706865696300000000", "image/heic" },
        { "00000018667479706D69663100000000", "image/heic" },
        { "00000018667479706D70343200000000", null }, // a film, MP4
        { "4D5A90000300", null }, // a program
        { "504B0304", null }, // a ZIP
        { "3C68746D6C3E", null }, // a page
        { "25", null },
    };

    [Theory]
    [MemberData(nameof(Beginnings))]
    public async Task What_a_file_is_is_told_by_its_content(string beginning, string? type)
    {
        await using var store = await Store.OpenAsync(azurite);
        var taken = await TakeAsync(store, Convert.FromHexString(beginning));
        Assert.Equal(type, taken.Paper?.ContentType);
        Assert.Equal(type is null ? PaperFault.UnknownType : null, taken.Fault);
    }

    [Fact]
    public async Task A_file_that_is_refused_leaves_nothing_behind()
    {
        await using var store = await Store.OpenAsync(azurite);
        Assert.Equal(PaperFault.Empty, (await TakeAsync(store, [])).Fault);
        Assert.Equal(PaperFault.UnknownType, (await TakeAsync(store, [1, 2, 3])).Fault);
        Assert.Equal(PaperFault.Unsafe, (await TakeAsync(store, Eicar)).Fault);
        Assert.Equal(PaperFault.TooLarge, (await store.Get<IPaperStore>().TakeAsync(Id, "proof", new MemoryStream(Pdf(1001)), 1000, Cancel)).Fault);
        Assert.NotNull((await store.Get<IPaperStore>().TakeAsync(Id, "proof", new MemoryStream(Pdf(1000)), 1000, Cancel)).Paper);
        Assert.Empty(await NamesAsync(store, "quarantine"));
        Assert.Single(await NamesAsync(store, "papers"));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(65_536 - 30)]
    [InlineData(2 * (65_536 - 67) - 10)]
    [InlineData(300_000 - 68)]
    public async Task The_test_virus_is_found_wherever_it_lies(int offset)
    {
        await using var store = await Store.OpenAsync(azurite);
        var content = Pdf(300_000);
        Eicar.CopyTo(content, offset);
        Assert.Equal(PaperFault.Unsafe, (await TakeAsync(store, content)).Fault);
    }

    [Fact]
    public async Task The_scanner_finds_a_signature_that_comes_byte_by_byte()
    {
        Assert.False(await EicarScanner.IsCleanAsync(new Dribble(Pdf(500), Eicar), Cancel));
        Assert.True(await EicarScanner.IsCleanAsync(new Dribble(Pdf(500), Eicar[1..]), Cancel));
    }

    [Fact]
    public async Task A_scanner_of_the_county_is_asked_instead()
    {
        await using var store = await Store.OpenAsync(azurite, add: services => services.AddSingleton<IScanner, Suspicious>());
        Assert.Equal(PaperFault.Unsafe, (await TakeAsync(store, Pdf(100))).Fault);
    }

    [Fact]
    public async Task Every_way_to_alter_a_sealed_paper_is_found()
    {
        await using var store = await Store.OpenAsync(azurite);
        var paper = (await TakeAsync(store, Pdf(200_000))).Paper!;
        var blob = store.Settings.Container("papers").GetBlobClient($"{Id}/{paper.Id}");
        var box = (await blob.DownloadContentAsync(Cancel)).Value.Content.ToArray();
        const int Chunk = 65_536 + 16;
        byte[] flipped = [.. box];
        flipped[150_000] ^= 1;
        byte[][] altered =
        [
            flipped,
            box[..^1],
            box[..(7 + Chunk)], // cut after a whole chunk
            [.. box[..7], .. box[(7 + Chunk)..(7 + (2 * Chunk))], .. box[7..(7 + Chunk)], .. box[(7 + (2 * Chunk))..]],
            [.. box, .. box[7..(7 + Chunk)]],
            [.. box, 0],
            box[..3],
            [],
        ];
        foreach (var other in altered)
        {
            await blob.UploadAsync(BinaryData.FromBytes(other), overwrite: true, Cancel);
            await Assert.ThrowsAnyAsync<CryptographicException>(() => ReadAsync(store, paper));
        }
        await blob.UploadAsync(BinaryData.FromBytes(box), overwrite: true, Cancel);
        Assert.Equal(200_000, (await ReadAsync(store, paper)).Length);
    }

    [Fact]
    public async Task A_sealed_paper_does_not_open_as_another_one()
    {
        await using var store = await Store.OpenAsync(azurite);
        var one = (await TakeAsync(store, Pdf(1000))).Paper!;
        var two = (await TakeAsync(store, Pdf(1001))).Paper!;
        var papers = store.Settings.Container("papers");
        var box = (await papers.GetBlobClient($"{Id}/{one.Id}").DownloadContentAsync(Cancel)).Value.Content;
        await papers.GetBlobClient($"{Id}/{two.Id}").UploadAsync(box, overwrite: true, Cancel);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => ReadAsync(store, two));
    }

    [Fact]
    public async Task Papers_sealed_before_the_application_exists_open_when_it_does()
    {
        await using var store = await Store.OpenAsync(azurite);
        var paper = (await TakeAsync(store, Pdf(1000))).Paper!;
        await TableStreamsTests.CreateAsync(store);
        Assert.Equal(Pdf(1000), await ReadAsync(store, paper));
    }

    [Fact]
    public async Task Discarded_papers_are_gone()
    {
        await using var store = await Store.OpenAsync(azurite);
        var paper = (await TakeAsync(store, Pdf(1000))).Paper!;
        await store.Get<IPapers>().DiscardAsync(Id, Cancel);
        await store.Get<IPapers>().DiscardAsync(Id, Cancel);
        Assert.Empty(await NamesAsync(store, "papers"));
        await Assert.ThrowsAsync<FileNotFoundException>(() => ReadAsync(store, paper));
        await Assert.ThrowsAsync<FileNotFoundException>(() => store.Get<IPaperStore>().OpenAsync("aaaaaaaaaaaa", paper, Cancel));
    }

    [Fact]
    public async Task Leftovers_are_swept_after_a_day_and_what_an_event_names_stays()
    {
        await using var store = await Store.OpenAsync(azurite);
        var named = (await TakeAsync(store, Pdf(1000))).Paper!;
        var photo = (await TakeAsync(store, Pdf(1001), "photo")).Paper!;
        var receipt = (await TakeAsync(store, Pdf(1003), "photo")).Paper!;
        await TakeAsync(store, Pdf(1002));
        await store.Settings.Container("quarantine").GetBlobClient($"{Id}/crashed").UploadAsync(
            BinaryData.FromBytes(Pdf(50)),
            new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["at"] = store.Time.GetUtcNow().ToString("O") } }, Cancel);
        var head = await TableStreamsTests.CreateAsync(store);
        Recorded[] events =
        [
            new(2, Samples.At, Actor.Applicant, new PaperAdded(named, null)),
            new(3, Samples.At, Actor.Staff("chen"), Voted(photo)),
            new(4, Samples.At, Actor.Staff("chen"), new HandOverSigned("e", HandOverKind.Cash, null, "r", new Core.Money(1), [receipt], "chen", "li", Samples.At)),
        ];
        await store.Get<IStreams>().AppendAsync(head, head.Application with { Version = 4 }, events, null, Cancel);

        var sweep = store.Get<PaperSweep>();
        Assert.Equal(0, await sweep.RunAsync(store.Time.GetUtcNow().AddHours(23), Cancel));
        Assert.Equal(2, await sweep.RunAsync(store.Time.GetUtcNow().AddHours(25), Cancel));
        Assert.Empty(await NamesAsync(store, "quarantine"));
        Assert.Equal(new[] { $"{Id}/{named.Id}", $"{Id}/{photo.Id}", $"{Id}/{receipt.Id}" }.Order(), (await NamesAsync(store, "papers")).Order());

        // What was found once is not looked for again.
        store.Wire.Restart();
        Assert.Equal(0, await sweep.RunAsync(store.Time.GetUtcNow().AddHours(26), Cancel));
        Assert.Equal(2, store.Wire.Sent);
    }

    [Fact]
    public async Task A_large_file_is_never_whole_in_memory_on_its_way()
    {
        await using var store = await Store.OpenAsync(azurite);
        await TakeAsync(store, Pdf(9_000_000));
        var largest = store.Wire.Requests.Count(request => request.StartsWith("PUT", StringComparison.Ordinal) && request.Contains("comp=block&", StringComparison.Ordinal));
        Assert.True(largest >= 4, "Both containers got it in blocks.");
    }

    private static Voted Voted(Paper photo) =>
        new("village-check", 1, 0, "chen", Core.Schemes.Decision.Approve, 2, null, null, [], new Dictionary<string, bool>(), null, [photo]);

    private static Task<TakenPaper> TakeAsync(Store store, byte[] content, string kind = "proof") =>
        store.Get<IPaperStore>().TakeAsync(Id, kind, new MemoryStream(content), Most, Cancel);

    private static async Task<byte[]> ReadAsync(Store store, Paper paper)
    {
        await using var plain = await store.Get<IPaperStore>().OpenAsync(Id, paper, Cancel);
        var bytes = new MemoryStream();
        await plain.CopyToAsync(bytes, Cancel);
        return bytes.ToArray();
    }

    private static async Task<List<string>> NamesAsync(Store store, string container)
    {
        var names = new List<string>();
        await foreach (var blob in store.Settings.Container(container).GetBlobsAsync(cancellationToken: Cancel))
            names.Add(blob.Name);
        return names;
    }

    private sealed class Suspicious : IScanner
    {
        public Task<Verdict> ScanAsync(BlobBaseClient copy, CancellationToken cancel) => Task.FromResult(Verdict.Harmful);
    }

    /// <summary>Gives one byte at a time.</summary>
    private sealed class Dribble(params byte[][] parts) : MemoryStream([.. parts.SelectMany(part => part)])
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..1], cancellationToken);
    }
}
