using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Subsidy.EndToEnd.Walking;

/// <summary>
/// The system under test: the one that SUBSIDY_BASE_ADDRESS names (a deployed app, a Functions host on this machine), or a Local head of
/// its own, as a process of its own, with empty data.
/// </summary>
public sealed class Head : IAsyncLifetime
{
    /// <summary>How long a process may take to come up; a first start installs Azurite.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private Process? process;
    private string? data;
    private readonly List<string> output = [];

    public Uri Address { get; private set; } = null!;

    /// <summary>Where the mails are read; with another head, SUBSIDY_MAILBOX_ADDRESS.</summary>
    public Uri Mailbox { get; private set; } = null!;

    public HttpClient Client(bool redirects = false) => new(new HttpClientHandler { AllowAutoRedirect = redirects, UseCookies = false })
    {
        BaseAddress = Address,
        Timeout = TimeSpan.FromMinutes(2),
    };

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("SUBSIDY_BASE_ADDRESS") is { Length: > 0 } address)
        {
            Address = new Uri(address);
            Mailbox = new Uri(Environment.GetEnvironmentVariable("SUBSIDY_MAILBOX_ADDRESS") is { Length: > 0 } mailbox ? mailbox : address);
            return;
        }
        await StartOwnAsync();
    }

    /// <summary>A process of our own, whatever else is named: it may be killed.</summary>
    public async Task StartOwnAsync()
    {
        data = Directory.CreateTempSubdirectory("subsidy-e2e-").FullName;
        Address = Mailbox = new Uri($"http://127.0.0.1:{FreePort()}");
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            await KillAsync();
            process.Dispose();
        }
        if (data is not null)
            await DeleteAsync(data);
    }

    /// <summary>The storage of a killed head saves before it ends, so the folder may still be written to for a moment.</summary>
    private static async Task DeleteAsync(string folder)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException) when (attempt < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }

    /// <summary>Pulls the plug (SIGKILL) and starts again on the same data.</summary>
    public async Task KillAndRestartAsync()
    {
        await KillAsync();
        await StartAsync();
    }

    private async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    private async Task StartAsync()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Subsidy.Local.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", Address.ToString(), "--data", data!])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        process = Process.Start(start)!;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var client = Client();
        while (true)
        {
            if (process.HasExited)
                throw new InvalidOperationException($"The Local head ended: {Said()}");
            try
            {
                using var answer = await client.GetAsync(new Uri("/healthz", UriKind.Relative), patience.Token);
                if (answer.StatusCode is HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            catch (OperationCanceledException late) when (patience.IsCancellationRequested)
            {
                throw new InvalidOperationException($"The Local head did not answer: {Said()}", late);
            }
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (output)
        {
            if (line.Data is not null)
                output.Add(line.Data);
        }
    }

    private string Said()
    {
        lock (output)
            return string.Join(Environment.NewLine, output.TakeLast(40));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
