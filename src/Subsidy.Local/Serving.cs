using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Subsidy.Local;

/// <summary>From the first request to the last.</summary>
internal static class Serving
{
    /// <summary>Serves until Ctrl-C, until the program that started this one is gone, or until the storage is.</summary>
    /// <param name="app">Built, not yet started.</param>
    /// <param name="dataFolder">Named to the person at the terminal.</param>
    /// <param name="storageLost">Completes when the storage ended by itself.</param>
    /// <param name="fill">Puts sample applications in, when asked for.</param>
    /// <param name="cancellation">Ends it too.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="CannotStartException">An address is taken or cannot be listened on.</exception>
    public static async Task<int> ServeAsync(this WebApplication app, string dataFolder, Task storageLost, Func<CancellationToken, Task> fill, CancellationToken cancellation)
    {
        await StartAsync(app, cancellation);
        await fill(cancellation);
        foreach (var line in WhereToClick(app.Urls, dataFolder))
            Console.WriteLine(line);

        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var stopped = app.WaitForShutdownAsync(watching.Token);
        var starterGone = Starter.GoneAsync(TimeProvider.System, watching.Token);
        await Task.WhenAny(stopped, starterGone, storageLost);
        await watching.CancelAsync();
        await stopped;
        if (!storageLost.IsCompleted)
            return 0;
        await Console.Error.WriteLineAsync("Azurite, the local storage, ended unexpectedly; what was saved up to five seconds before is there at the next start.");
        return 1;
    }

    private static async Task StartAsync(WebApplication app, CancellationToken cancellation)
    {
        var urls = string.Join(", ", app.Configuration[WebHostDefaults.ServerUrlsKey]?.Split(';') ?? []);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            throw new CannotStartException($"{urls} is taken by another program; stop that one, or choose another address with --urls.", error);
        }
        catch (Exception error) when (error is SocketException or FormatException or InvalidOperationException or IOException)
        {
            throw new CannotStartException($"{urls} cannot be listened on: {error.Message}", error);
        }
    }

    private static IEnumerable<string> WhereToClick(IEnumerable<string> urls, string dataFolder)
    {
        var url = urls.First().Replace("//[::]:", "//localhost:", StringComparison.Ordinal).Replace("//0.0.0.0:", "//localhost:", StringComparison.Ordinal);
        yield return $"Subsidy is serving on {url}";
        yield return $"  mailbox  {url}/mailbox";
        yield return $"  clock    {url}/clock";
        yield return $"  bank     {url}/bank";
        yield return $"Data: {dataFolder}   Stop: Ctrl-C";
    }
}
