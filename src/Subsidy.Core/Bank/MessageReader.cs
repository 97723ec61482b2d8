using System.Text;
using System.Xml;

namespace Subsidy.Core.Bank;

/// <summary>
/// Walks forward through an ISO 20022 message that may be hostile. No document type, no entity, nothing fetched; UTF-8 only; size,
/// depth and the length of every text that is read are limited. Prefixes do not matter, namespaces do. Elements nobody asks for are
/// passed over, because the schema has many optional ones; an element that is asked for and comes twice is refused.
/// </summary>
/// <remarks>Every refusal is a <see cref="BankFileException"/> that names elements and lines, never content.</remarks>
internal sealed class MessageReader : IDisposable
{
    private const int MaxDepth = 32;

    private readonly StreamReader _text;
    private readonly XmlReader _xml;
    private readonly string _message;
    private readonly CancellationToken _cancellation;

    private MessageReader(Stream input, string message, long maxBytes, CancellationToken cancellation)
    {
        _message = message;
        _cancellation = cancellation;
        // The encoding is decided here and not by the file: whatever is not UTF-8 fails to decode.
        _text = new StreamReader(
            new SizeLimitedStream(input, maxBytes), new UTF8Encoding(true, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false);
        _xml = XmlReader.Create(_text, new XmlReaderSettings
        {
            Async = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = maxBytes,
            // Comments and the like are passed over below: the asynchronous parser passes over them by recursion, and a few
            // thousand in a row overflow the stack, which ends the process.
            IgnoreComments = false,
            IgnoreProcessingInstructions = false,
            IgnoreWhitespace = false,
        });
    }

    /// <summary>Stands on <c>Document</c> afterwards, which is the one expected.</summary>
    public static async ValueTask<MessageReader> OpenAsync(Stream input, string message, long maxBytes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        var reader = new MessageReader(input, message, maxBytes, cancellation);
        try
        {
            await reader.ReadAsync();
            if (reader._xml.NodeType == XmlNodeType.XmlDeclaration)
            {
                if (reader._xml.GetAttribute("encoding") is { } encoding && !encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
                    throw new BankFileException("文件声明的编码不是UTF-8。", "The file declares an encoding other than UTF-8.");
                await reader.ReadAsync();
            }
            reader.DemandDocument();
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The names of the elements inside the one on which the reader stands, which it leaves on its end. Whoever is given a name may
    /// read that element or leave it.
    /// </summary>
    public async IAsyncEnumerable<string> ChildrenAsync()
    {
        if (_xml.IsEmptyElement)
            yield break;
        var depth = _xml.Depth + 1;
        await ReadAsync();
        while (_xml.NodeType != XmlNodeType.EndElement)
        {
            if (_xml.NodeType != XmlNodeType.Element)
                throw Refused("这里不应有文字", "there is text where elements are expected");
            if (_xml.NamespaceURI != Messages.Namespace(_message))
                throw Refused("有不属于本报文的元素", "there is an element that does not belong to the message");
            yield return _xml.LocalName;
            while (_xml.Depth > depth || !IsAtEnd)
                await ReadAsync();
            await ReadAsync();
        }
    }

    /// <summary>The text of the element on which the reader stands, without the white space around it.</summary>
    /// <param name="before">What an earlier element of that name said: there may be none.</param>
    public async ValueTask<string> OnceAsync(string? before, int maxLength)
    {
        DemandFirst(before is null);
        return await TextAsync(maxLength);
    }

    /// <exception cref="BankFileException">Something that may come once came before.</exception>
    public void DemandFirst(bool first)
    {
        if (!first)
            throw Refused($"元素 {_xml.LocalName} 重复", $"the element {_xml.LocalName} is repeated");
    }

    public async ValueTask<string> TextAsync(int maxLength)
    {
        var name = _xml.LocalName;
        var text = new StringBuilder();
        if (!_xml.IsEmptyElement)
        {
            var chunk = new char[Math.Min(maxLength + 1, 1024)];
            await ReadAsync();
            for (; _xml.NodeType != XmlNodeType.EndElement; await ReadAsync())
            {
                if (!_xml.CanReadValueChunk || _xml.NodeType == XmlNodeType.Element)
                    throw Refused($"元素 {name} 里只应有文字", $"the element {name} may have text only");
                for (int read; (read = await ChunkAsync(chunk)) > 0;)
                {
                    text.Append(chunk, 0, read);
                    if (text.Length > maxLength)
                        throw Refused($"元素 {name} 超过{maxLength}个字符", $"the element {name} has more than {maxLength} characters");
                }
            }
        }
        var value = text.ToString().Trim();
        return value.Length > 0 ? value : throw Refused($"元素 {name} 为空", $"the element {name} is empty");
    }

    public string? Attribute(string name) => _xml.GetAttribute(name);

    /// <summary>Reads to the end of the file, so that one cut off or with something behind it is noticed.</summary>
    public async ValueTask EndAsync()
    {
        while (await MoveAsync())
        {
        }
    }

    public BankFileException Refused(string zh, string en)
    {
        var line = (_xml as IXmlLineInfo)?.LineNumber ?? 0;
        return new BankFileException($"第{line}行：{zh}。", $"Line {line}: {en}.");
    }

    public void Dispose()
    {
        _xml.Dispose();
        _text.Dispose();
    }

    private bool IsAtEnd => _xml.NodeType == XmlNodeType.EndElement || (_xml.NodeType == XmlNodeType.Element && _xml.IsEmptyElement);

    private void DemandDocument()
    {
        if (_xml.NodeType == XmlNodeType.Element && _xml.LocalName == "Document" && _xml.NamespaceURI == Messages.Namespace(_message))
            return;
        throw new BankFileException(
            $"文件不是 ISO 20022 的 {_message} 报文，或版本不同。", $"The file is no {_message} message of ISO 20022, or one of another version.");
    }

    private async ValueTask ReadAsync()
    {
        if (!await MoveAsync())
            throw Refused("文件不完整", "the file is cut off");
        if (_xml.Depth > MaxDepth)
            throw Refused($"元素嵌套超过{MaxDepth}层", $"elements are nested more than {MaxDepth} deep");
    }

    private async ValueTask<bool> MoveAsync()
    {
        bool moved;
        do
            moved = await GuardedAsync(_xml.ReadAsync);
        while (moved && _xml.NodeType is XmlNodeType.Comment or XmlNodeType.ProcessingInstruction
            or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace);
        return moved;
    }

    private ValueTask<int> ChunkAsync(char[] chunk) => GuardedAsync(() => _xml.ReadValueChunkAsync(chunk, 0, chunk.Length));

    // The parser's own messages quote what they find, so they go no further.
    private async ValueTask<T> GuardedAsync<T>(Func<Task<T>> read)
    {
        _cancellation.ThrowIfCancellationRequested();
        try
        {
            return await read();
        }
        catch (XmlException)
        {
            throw Refused("XML 不完整、格式有误，或含有不允许的 DTD", "the XML is cut off, not well formed, or has a DTD, which is not allowed");
        }
        catch (DecoderFallbackException)
        {
            throw Refused("文件编码不是UTF-8", "the file is not encoded in UTF-8");
        }
    }
}
