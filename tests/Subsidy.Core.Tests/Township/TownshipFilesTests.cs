using System.Runtime.CompilerServices;
using System.Text;
using Subsidy.Core.Tests.Schemes;
using Subsidy.Core.Township;

namespace Subsidy.Core.Tests.Township;

public sealed class TownshipFilesTests
{
    [Fact]
    public void The_shipped_files_make_one_sound_edition()
    {
        var reading = Read(Shipped());

        Assert.Empty(reading.Faults);
        Assert.Contains("monitoredHouseholds", reading.Edition!.Registers.Keys);
        Assert.False(reading.Edition.Calendar.IsProvisional(2026));
        Assert.Contains(reading.Edition.Schemes, source => source.Scheme.Id == "transport-subsidy");
    }

    [Fact]
    public void One_fault_in_one_file_holds_back_the_whole_edition()
    {
        var files = Shipped();
        files["calendar/2026.yaml"] = Encoding.UTF8.GetBytes("year: 2025");

        var reading = Read(files);

        Assert.Null(reading.Edition);
        Assert.All(reading.Faults, fault => Assert.Equal("calendar/2026.yaml", fault.File));
    }

    [Fact]
    public void A_missing_staff_register_is_named()
    {
        var files = Shipped();
        files.Remove(TownshipFiles.Staff);

        Assert.Contains(Read(files).Faults, fault => fault.File == TownshipFiles.Staff);
    }

    [Fact]
    public void A_scheme_that_asks_a_register_which_is_not_there_is_a_fault()
    {
        var files = Shipped();
        files.Remove("monitored-households.csv");

        Assert.Contains(Read(files).Faults, fault => fault.Wrong.En.Contains("monitoredHouseholds", StringComparison.Ordinal));
    }

    [Fact]
    public void A_scheme_that_names_a_fund_which_is_not_there_is_a_fault_on_that_line()
    {
        var files = Shipped();
        var scheme = Encoding.UTF8.GetString(files["schemes/transport-subsidy.yaml"]).Replace("fund: rural-revitalisation", "fund: road", StringComparison.Ordinal);
        files["schemes/transport-subsidy.yaml"] = Encoding.UTF8.GetBytes(scheme);

        var fault = Assert.Single(Read(files).Faults);

        Assert.Equal("There is no fund 'road'.", fault.Wrong.En);
        Assert.Contains("relief", fault.Right.En, StringComparison.Ordinal);
        Assert.Contains("fund: road", scheme.Split('\n')[fault.Line - 1], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_register_of_funds_no_scheme_can_pay()
    {
        var files = Shipped();
        files.Remove(TownshipFiles.Funds);

        Assert.All(Read(files).Faults, fault => Assert.StartsWith("There is no fund", fault.Wrong.En, StringComparison.Ordinal));
        Assert.Equal(2, Read(files).Faults.Count);
    }

    private static TownshipFilesReading Read(Dictionary<string, byte[]> files) => TownshipFiles.Read(files, Repository.KeyOf, Repository.Today);

    private static Dictionary<string, byte[]> Shipped([CallerFilePath] string here = "")
    {
        var source = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src");
        var township = Path.Combine(source, "township");
        var files = Directory.EnumerateFiles(township, "*", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(township, path).Replace('\\', '/'), File.ReadAllBytes);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(source, "schemes")))
            files[$"schemes/{Path.GetFileName(path)}"] = File.ReadAllBytes(path);
        return files;
    }
}
