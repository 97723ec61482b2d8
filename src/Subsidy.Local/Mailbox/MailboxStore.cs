using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Subsidy.Local.Mailbox;

/// <summary>
/// Every mail sent on this machine: a file to which one line of JSON is added per request. A request is answered only
/// when its line is on the disk, so a mail that the provider has accepted is never lost, as with the real one.
/// </summary>
public sealed class MailboxStore : IDisposable
{
    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Lock _lock = new();
    private readonly List<MailboxMessage> _messages;
    private MailboxFault? _fault;

    private MailboxStore(FileStream file, List<MailboxMessage> messages, TimeProvider time)
    {
        _file = file;
        _messages = messages;
        _time = time;
    }

    /// <summary>What a sender must present as its bearer key; another one at each start.</summary>
    public string ApiKey { get; } = RandomName();

    /// <summary>Opens the file, created when missing, and reads what it holds.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">When a mail was sent.</param>
    /// <exception cref="CannotStartException">A line that is not the last cannot be read.</exception>
    public static MailboxStore Open(string path, TimeProvider time)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            return new MailboxStore(file, Read(file), time);
        }
        catch (JsonException error)
        {
            file.Dispose();
            throw new CannotStartException($"The mailbox {path} cannot be read; restore it from a copy, or begin anew with --fresh, which deletes it. ({error.Message})", error);
        }
    }

    /// <summary>Oldest first.</summary>
    /// <param name="to">Only those to this address, whatever its case; null: all.</param>
    public IReadOnlyList<MailboxMessage> Messages(string? to = null)
    {
        lock (_lock)
            return [.. _messages.Where(message => to is null || message.To.Equals(to, StringComparison.OrdinalIgnoreCase))];
    }

    public void Dispose()
    {
        _file.Dispose();
        _writing.Dispose();
    }

    /// <summary>Keeps what was sent and answers the provider's id for it.</summary>
    internal async Task<string> AcceptAsync(MailSendRequest request, CancellationToken cancellation)
    {
        var messageId = RandomName();
        var messages = request.Messages(messageId, _time.GetUtcNow());
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(messages, JsonSerializerOptions.Web), (byte)'\n'];
        await _writing.WaitAsync(cancellation);
        var end = _file.Position;
        try
        {
            _file.Write(line); // without cancellation: half a line followed by another would be damage
            _file.Flush(flushToDisk: true);
            lock (_lock)
                _messages.AddRange(messages);
        }
        catch (IOException)
        {
            _file.SetLength(end); // the disk is full; it may have taken half
            throw;
        }
        finally
        {
            _writing.Release();
        }

        return messageId;
    }

    /// <summary>Replaces a fault that was not used up.</summary>
    internal void Plan(MailboxFault fault)
    {
        lock (_lock)
            _fault = fault;
    }

    /// <summary>The fault that this request meets, if any.</summary>
    internal MailboxFault? Meet()
    {
        lock (_lock)
        {
            var met = _fault;
            _fault = met is { Times: > 1 } ? met with { Times = met.Times - 1 } : null;
            return met;
        }
    }

    private static string RandomName() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>Leaves the file at its end, behind the last whole line: half a line was never answered with 202.</summary>
    private static List<MailboxMessage> Read(FileStream file)
    {
        var content = new byte[file.Length];
        file.ReadExactly(content);
        var whole = Array.LastIndexOf(content, (byte)'\n') + 1;
        file.SetLength(whole);
        file.Seek(0, SeekOrigin.End);
        return
        [
            .. Encoding.UTF8.GetString(content, 0, whole)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(line => JsonSerializer.Deserialize<MailboxMessage[]>(line, JsonSerializerOptions.Web) ?? throw new JsonException("A line is null.")),
        ];
    }
}
