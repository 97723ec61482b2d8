using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Storage.Papers;
using Subsidy.Web.Papers;

namespace Subsidy.Web.Decisions;

/// <summary>Pictures that come with a decision.</summary>
internal sealed class Photos(IPaperStore store)
{
    public const string Kind = "photo";
    private const int Most = 12;

    private static readonly string[] Types = ["image/jpeg", "image/png", "image/heic"];

    /// <summary>Takes one picture in, or adds what is wrong with it.</summary>
    public async Task TakeAsync(string applicationId, Stream content, List<Paper> photos, List<Fault> faults, CancellationToken cancel)
    {
        if (photos.Count >= Most)
        {
            faults.Add(new Fault("/photos", new Text($"最多{Most}张照片。", $"At most {Most} photos are taken.")));
            return;
        }
        var taken = await store.TakeAsync(applicationId, Kind, content, PaperRules.MostBytes, cancel);
        var fault = taken.Fault ?? (Types.Contains(taken.Paper!.ContentType) ? null : PaperFault.UnknownType);
        if (fault is { } found)
            faults.Add(new Fault("/photos", PaperRules.Say(found, PaperRules.MostBytes, Types)));
        else
            photos.Add(taken.Paper!);
    }
}
