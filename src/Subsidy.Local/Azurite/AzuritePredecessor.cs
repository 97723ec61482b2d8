using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Subsidy.Local.Azurite;

/// <summary>
/// The Azurite that last used a folder. When its owner was killed it may still be saving, and two on the same files
/// would overwrite each other. It left in the file <c>running</c> a port that it answers with a token as long as it
/// lives; unlike a process number, neither is ever another's.
/// </summary>
internal static class AzuritePredecessor
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Returns when it is gone, which is at once unless its owner has just been killed.</summary>
    /// <exception cref="CannotStartException">It is still there after a minute.</exception>
    public static async Task GoneAsync(string folder, TimeProvider time, Action<string> log, CancellationToken cancellation)
    {
        if (Read(Path.Combine(folder, "running")) is not { } left)
            return;
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(IPAddress.Loopback, left.Port, either.Token);
            var stream = connection.GetStream();
            var token = new byte[left.Token.Length];
            if (await stream.ReadAtLeastAsync(token, token.Length, throwOnEndOfStream: false, either.Token) < token.Length
                || Encoding.ASCII.GetString(token) != left.Token)
            {
                return; // gone meanwhile, or another program has that port now
            }

            log("Waiting until the storage of a run that was killed has saved its data.");
            await stream.CopyToAsync(Stream.Null, either.Token); // to the end of the connection
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            // Refused or reset: gone.
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new CannotStartException($"Another Azurite keeps using {folder}; end it, or choose another folder with --data.", error);
        }
    }

    private static Running? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Running>(File.ReadAllBytes(path), JsonSerializerOptions.Web) is { Port: > 0 and <= 65535, Token.Length: > 0 } left
                ? left
                : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null; // never used, or killed before it had opened anything
        }
    }

    private sealed record Running(int Port, string Token);
}
