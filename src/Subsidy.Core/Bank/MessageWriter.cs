using System.Text;
using System.Xml;

namespace Subsidy.Core.Bank;

/// <summary>
/// Writes an ISO 20022 message: always the same bytes for the same content (UTF-8 without byte order mark, line feeds, one line for
/// each repeated block), and never more of it in memory than one block, which is handed on asynchronously because web and blob
/// streams refuse synchronous writes.
/// </summary>
internal sealed class MessageWriter : IDisposable
{
    private readonly MemoryStream _buffer = new();
    private readonly Stream _output;
    private readonly XmlWriter _xml;

    public MessageWriter(Stream output, string message)
    {
        ArgumentNullException.ThrowIfNull(output);
        _output = output;
        _xml = XmlWriter.Create(_buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineChars = "\n", CloseOutput = false });
        _xml.WriteStartDocument();
        Line();
        _xml.WriteStartElement("Document", Messages.Namespace(message));
    }

    public void Line() => _xml.WriteWhitespace("\n");

    public void Start(string name) => _xml.WriteStartElement(name);

    public void End() => _xml.WriteEndElement();

    public void Text(string name, string value) => _xml.WriteElementString(name, value);

    /// <summary>Elements within elements, and the text inside the last one: <c>Path("id", "Id", "Othr", "Id")</c>.</summary>
    public void Path(string value, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            Start(name);
        _xml.WriteString(value);
        foreach (var _ in names)
            End();
    }

    public void Amount(string name, Money amount)
    {
        Start(name);
        _xml.WriteAttributeString("Ccy", Messages.Currency);
        _xml.WriteString(Messages.Decimal(amount));
        End();
    }

    public void Agent(string name, FinancialInstitution bank)
    {
        Start(name);
        Start("FinInstnId");
        if (bank.Cnaps is { } cnaps)
        {
            Start("ClrSysMmbId");
            Path(Messages.Cnaps, "ClrSysId", "Cd");
            Text("MmbId", cnaps);
            End();
        }
        if (bank.Name is { } bankName)
            Text("Nm", bankName);
        End();
        End();
    }

    public async ValueTask HandOverAsync(CancellationToken cancellation)
    {
        _xml.Flush();
        await _output.WriteAsync(_buffer.GetBuffer().AsMemory(0, (int)_buffer.Length), cancellation);
        _buffer.SetLength(0);
    }

    public async ValueTask FinishAsync(CancellationToken cancellation)
    {
        Line();
        End();
        Line();
        await HandOverAsync(cancellation);
        await _output.FlushAsync(cancellation);
    }

    public void Dispose()
    {
        // Never closed: closing would write the missing end tags of a message that was broken off, which then looks whole.
        _buffer.Dispose();
    }
}
