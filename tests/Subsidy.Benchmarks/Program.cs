using System.CommandLine;
using Subsidy.Benchmarks;

var lines = new Option<int[]>("--lines")
{
    Description = "Payments in the run, 1 to 50000; several sizes are run one after the other and compared with the first.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [1000],
};
var payRun = new Command("pay-run", "One pay run from what is due to the bank's answer, on an Azurite of its own.") { lines };
payRun.SetAction(async (parsed, cancel) =>
{
    var sizes = new List<IReadOnlyList<Phase>>();
    foreach (var count in parsed.GetValue(lines)!)
    {
        await using var township = await Township.OpenAsync(cancel);
        var phases = await new PayRunBenchmark(township).RunAsync(count, cancel);
        sizes.Add(phases);
        Table.Print(Console.Out, phases, sizes[0]);
    }
});
return await new RootCommand("What the system needs for work of a given size.") { payRun }.Parse(args).InvokeAsync();
