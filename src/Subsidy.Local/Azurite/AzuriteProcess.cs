using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;

namespace Subsidy.Local.Azurite;

/// <summary>
/// Azurite's table and blob services on free ports of the loopback interface, with an account key of their own for as
/// long as they run. The process ends when this object is disposed or when the process that holds it ends, in whatever
/// way; in both cases it first writes to disk what it has not yet written. If Azurite itself is killed, or the machine,
/// the last five seconds of changes are lost: it keeps everything in memory and saves at that interval.
/// </summary>
public sealed class AzuriteProcess : IAsyncDisposable
{
    private const string Account = "devstoreaccount1";
    private const int LinesKept = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly TimeProvider _time;
    private readonly Queue<string> _errors = new();
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _ended;
    private volatile bool _stopping;

    private AzuriteProcess(Process process, TimeProvider time)
    {
        _process = process;
        _time = time;
        _ended = ObserveAsync();
    }

    /// <summary>For <c>TableServiceClient</c> and <c>BlobServiceClient</c>.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>The operating system's number of the Node.js process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Completes when Azurite ended without having been asked to; the storage is gone then.</summary>
    public Task Lost => _lost.Task;

    /// <summary>Installs Azurite when it is missing, starts it and waits until both services listen.</summary>
    /// <param name="folder">Where it keeps its data, created when missing; null: in memory, gone when it ends.</param>
    /// <param name="time">For waiting; two starts in one process may share it.</param>
    /// <param name="log">Told, in a sentence, what takes long.</param>
    /// <param name="cancellation">Gives up the start.</param>
    /// <exception cref="CannotStartException">Node.js is missing or too old, the installation failed, or the data cannot be read.</exception>
    public static async Task<AzuriteProcess> StartAsync(
        string? folder, TimeProvider time, Action<string> log, CancellationToken cancellation)
    {
        var node = await NodeProgram.FindAsync(Environment.GetEnvironmentVariable("PATH"), cancellation);
        var installation = await AzuriteInstallation.EnsureAsync(AzuriteInstallation.DefaultRoot, node, log, time, cancellation);
        var data = folder is null ? null : await AzuriteData.OpenAsync(folder, time, log, cancellation);
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));

        var azurite = new AzuriteProcess(Process.Start(HowToStart(node, installation, folder, key))!, time);
        try
        {
            using var patience = new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
            var line = await azurite._process.StandardOutput.ReadLineAsync(either.Token)
                ?? throw new CannotStartException(await azurite.WhyItEndedAsync(folder));
            azurite.ConnectionString = ConnectionStringFrom(line, key);
            data?.MarkUsed();
            return azurite;
        }
        catch (Exception error)
        {
            azurite.Kill();
            await azurite.DisposeAsync();
            if (error is OperationCanceledException && !cancellation.IsCancellationRequested)
                throw new CannotStartException("Azurite, the local storage, did not answer within a minute.", error);
            throw;
        }
    }

    /// <summary>Lets Azurite save and end.</summary>
    /// <exception cref="IOException">Azurite said that it could not save.</exception>
    public async ValueTask DisposeAsync()
    {
        if (_stopping)
            return;
        _stopping = true;
        var wasRunning = !_process.HasExited;
        if (wasRunning)
        {
            _process.StandardInput.Close();
            try
            {
                await _ended.WaitAsync(Patience, _time);
            }
            catch (TimeoutException)
            {
                Kill();
            }
        }

        await _ended;
        var exitCode = _process.ExitCode;
        _process.Dispose();
        if (wasRunning && exitCode != 0 && ConnectionString.Length > 0)
            throw new IOException($"Azurite ended with code {exitCode}, so the last seconds may not be saved: {LastErrors()}");
    }

    private static ProcessStartInfo HowToStart(NodeProgram node, string installation, string? folder, string key)
    {
        var start = new ProcessStartInfo(node.Node)
        {
            WorkingDirectory = installation,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] where = folder is null ? ["--inMemoryPersistence"] : ["--location", Path.GetFullPath(folder)];
        string[] arguments =
        [
            Path.Combine(installation, "azurite-child.cjs"),
            "--blobHost", "127.0.0.1", "--blobPort", "0", "--tableHost", "127.0.0.1", "--tablePort", "0",
            // The SDKs of tomorrow name service versions that Azurite does not know yet.
            "--skipApiVersionCheck", "--disableProductStyleUrl", "--silent", "--disableTelemetry", .. where,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{key}"; // not an argument: those are for everyone to see
        start.Environment.Remove("AZURITE_DB"); // would send the blobs' register to some SQL server
        return start;
    }

    private static string ConnectionStringFrom(string line, string key)
    {
        using var addresses = JsonDocument.Parse(line);
        string Endpoint(string service) => $"{addresses.RootElement.GetProperty(service).GetString()}/{Account}";
        return $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={key};BlobEndpoint={Endpoint("blob")};TableEndpoint={Endpoint("table")};";
    }

    /// <summary>Reads what Azurite complains of, so that it never waits for a reader, until it has ended.</summary>
    private async Task ObserveAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_errors)
            {
                _errors.Enqueue(line);
                if (_errors.Count > LinesKept)
                    _errors.Dequeue();
            }
        }

        await _process.WaitForExitAsync();
        if (!_stopping)
            _lost.TrySetResult();
    }

    private async Task<string> WhyItEndedAsync(string? folder)
    {
        await _ended;
        return folder is null
            ? $"Azurite, the local storage, ended at once: {LastErrors()}"
            : AzuriteData.Damaged(folder, LastErrors());
    }

    private string LastErrors()
    {
        lock (_errors)
            return string.Join(' ', _errors);
    }

    private void Kill()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
    }
}
