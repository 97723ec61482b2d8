using System.Text;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Tests.Schemes;

public sealed class SchemeDirectoryTests
{
    private static readonly string Source = File.ReadAllText(Path.Combine(Repository.SchemesFolder, "transport-subsidy.yaml"));

    private static SchemeFault? Fault(IEnumerable<(string, string)> files, params SchemePin[] published) => SchemeDirectory
        .Read(files.Select(file => (file.Item1, Encoding.UTF8.GetBytes(file.Item2))), null, null, published).Faults.SingleOrDefault();

    [Fact]
    public void An_id_is_used_once() =>
        Assert.Contains("used in transport-subsidy.yaml", Fault([("transport-subsidy.yaml", Source), ("other.yaml", Source)])!.Wrong.En, StringComparison.Ordinal);

    [Fact]
    public void A_file_is_named_by_its_id() => Assert.Contains("transport-subsidy.yaml", Fault([("other.yaml", Source)])!.Right.En, StringComparison.Ordinal);

    [Fact]
    public void A_scheme_excludes_others_that_there_are_and_never_itself()
    {
        var line = Source.IndexOf("applicants:", StringComparison.Ordinal);
        string Excluding(string id) => Source.Insert(line, $"excludes: [{id}]\n");
        var unknown = Fault([("transport-subsidy.yaml", Excluding("relief-fund"))])!;
        Assert.Contains("There is no scheme 'relief-fund'", unknown.Wrong.En, StringComparison.Ordinal);
        Assert.Equal(1 + Source[..line].Count(letter => letter == '\n'), unknown.Line);
        Assert.Contains("does not exclude itself", Fault([("transport-subsidy.yaml", Excluding("transport-subsidy"))])!.Wrong.En, StringComparison.Ordinal);
        var relief = File.ReadAllText(Path.Combine(Repository.SchemesFolder, "relief-fund.yaml"));
        Assert.Null(Fault([("transport-subsidy.yaml", Excluding("relief-fund")), ("relief-fund.yaml", relief)]));
        Assert.Equal(["relief-fund"], SchemeFile.Read("x", Encoding.UTF8.GetBytes(Excluding("relief-fund"))).Scheme!.Excludes);
    }

    [Fact]
    public void A_published_version_is_never_changed()
    {
        var pin = SchemeFile.Read("x", Encoding.UTF8.GetBytes(Source)).Scheme!.Pin;
        Assert.Null(Fault([("transport-subsidy.yaml", Source)], pin));

        var changed = Source.Replace("60000", "65000", StringComparison.Ordinal);
        Assert.Contains("published with other content", Fault([("transport-subsidy.yaml", changed)], pin)!.Wrong.En, StringComparison.Ordinal);
        Assert.Null(Fault([("transport-subsidy.yaml", changed.Replace("version: 1", "version: 2", StringComparison.Ordinal))], pin));
    }
}
