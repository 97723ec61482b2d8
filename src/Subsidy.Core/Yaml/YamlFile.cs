using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Subsidy.Core.Yaml;

/// <summary>
/// Reads the plain part of YAML: maps, lists and values of one document. Anchors and aliases, by which a short file can stand for an
/// endless one, and tags, by which a file can name types of a program, are faults.
/// </summary>
internal sealed class YamlFile
{
    public const int MaxBytes = 256 * 1024;
    private const int MaxDepth = 24;

    private readonly FaultList _faults;
    private readonly Parser _parser;

    private YamlFile(FaultList faults, string text) => (_faults, _parser) = (faults, new Parser(new StringReader(text)));

    /// <summary>The document's map; null when there is none to work with, and then there is a fault.</summary>
    public static YamlMap? Read(byte[] bytes, FaultList faults)
    {
        if (TextOf(bytes, faults) is not { } text)
            return null;
        var file = new YamlFile(faults, text);
        try
        {
            return file.Document();
        }
        catch (TooDeepException)
        {
            return null;
        }
        catch (Exception error) when (error is YamlException or InvalidOperationException or ArgumentException)
        {
            // Some slips come as exceptions of the parser's own that carry no place; then it is where the parser stood.
            var place = (error as YamlException)?.Start ?? file._parser.Current?.Start ?? default;
            faults.Add(
                (int)Math.Max(1, place.Line), (int)Math.Max(1, place.Column),
                new($"不是有效的YAML：{error.Message}", $"This is not YAML: {error.Message}."),
                new("请检查这一行及上一行的缩进、冒号后的空格和引号。", "Look at the indentation, the space after the colon and the quotes here and on the line before."));
            return null;
        }
    }

    private static string? TextOf(byte[] bytes, FaultList faults)
    {
        if (bytes.Length > MaxBytes)
        {
            faults.Add(1, 1,
                new($"文件过大（{bytes.Length / 1024} KiB）。", $"The file is too large ({bytes.Length / 1024} KiB)."),
                new($"最多{MaxBytes / 1024} KiB。", $"At most {MaxBytes / 1024} KiB."));
            return null;
        }
        if (bytes is [0xEF, 0xBB, 0xBF, ..] or [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..])
        {
            faults.Add(1, 1,
                new("文件开头有字节顺序标记（BOM）。", "The file begins with a byte order mark."),
                new("请另存为“UTF-8（无BOM）”。", "Save it as UTF-8 without BOM."));
            return null;
        }
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            faults.Add(1 + bytes.Take(Math.Max(0, error.Index)).Count(b => b == '\n'), 1,
                new("文件不是UTF-8编码。", "The file is not in UTF-8."),
                new("请另存为“UTF-8（无BOM）”。", "Save it as UTF-8 without BOM."));
            return null;
        }
        return TabsIn(text, faults) ? null : text;
    }

    private static bool TabsIn(string text, FaultList faults)
    {
        var found = false;
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            var tab = line[..(line.Length - line.TrimStart(" \t").Length)].IndexOf('\t');
            if (tab < 0)
                continue;
            found = true;
            faults.Add(number, tab + 1,
                new("缩进用了制表符（Tab）。", "The indentation has a tab."),
                new("请改用空格，每级两个。", "Use spaces, two for each level."));
        }
        return found;
    }

    private YamlMap? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            _faults.Add(1, 1, new("文件是空的。", "The file is empty."), new("请参照其他文件填写。", "Write it after the other files."));
            return null;
        }
        _parser.Consume<DocumentStart>();
        var root = Node(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
            _faults.Add((int)second.Start.Line, 1,
                new("文件里有第二份文档（---）。", "A second document (---) begins here."),
                new("每个文件只写一份。", "One file holds one document."));
        if (root is null or YamlMap)
            return (YamlMap?)root;
        _faults.Add(root, new("文件应由“名称: 值”组成。", "The file is not made of keys and values."), new("例如：version: 1", "For example: version: 1"));
        return null;
    }

    /// <summary>Null after an alias, which is a fault.</summary>
    private YamlTree? Node(int depth)
    {
        var next = _parser.Current!;
        var (line, column) = ((int)next.Start.Line, (int)next.Start.Column);
        if (next is AnchorAlias || next is NodeEvent { Anchor.IsEmpty: false })
        {
            _faults.Add(line, column,
                new("不能使用锚点（&）和引用（*）。", "Anchors (&) and aliases (*) are not used."),
                new("请把内容完整写出；以&或*开头的文字要加引号。", "Write the content out; put a text that begins with & or * in quotes."));
        }
        else if (next is NodeEvent { Tag.IsEmpty: false })
        {
            _faults.Add(line, column,
                new("不能使用标签（!）。", "Tags (!) are not used."),
                new("去掉标签；以!开头的文字要加引号。", "Leave the tag out; put a text that begins with ! in quotes."));
        }
        if (next is not Scalar and not AnchorAlias && depth >= MaxDepth)
        {
            _faults.Add(line, column, new($"嵌套超过{MaxDepth}层。", $"This is nested more than {MaxDepth} deep."), new("请减少层次。", "Use fewer levels."));
            throw new TooDeepException();
        }
        switch (next)
        {
            case Scalar scalar:
                _parser.MoveNext();
                return new YamlValue(scalar.Value, scalar.Style is not ScalarStyle.Plain, line, column);
            case SequenceStart:
                return List(line, column, depth);
            case MappingStart:
                return Map(line, column, depth);
            default:
                _parser.MoveNext();
                return null;
        }
    }

    private YamlList List(int line, int column, int depth)
    {
        _parser.MoveNext();
        var items = new List<YamlTree>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            if (Node(depth + 1) is { } item)
                items.Add(item);
        }
        return new YamlList(items, line, column);
    }

    private YamlMap Map(int line, int column, int depth)
    {
        _parser.MoveNext();
        var entries = new Dictionary<string, YamlEntry>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = Node(depth + 1);
            var value = Node(depth + 1);
            if (key is not YamlValue name)
            {
                if (key is not null)
                    _faults.Add(key, new("名称应为文字。", "A key is a plain text."), new("例如：title: …", "For example: title: …"));
                continue;
            }
            if (value is null)
                continue;
            if (!entries.TryAdd(name.Value, new YamlEntry(name.Value, value, name.Line, name.Column)))
            {
                _faults.Add(name,
                    new($"“{name.Value}”重复，第{entries[name.Value].Line}行已经写过。", $"'{name.Value}' stands on line {entries[name.Value].Line} already."),
                    new("每个名称只写一次。", "Write each key once."));
            }
        }
        return new YamlMap([.. entries.Values], line, column);
    }

    /// <summary>Reading ends here: the parser's time grows with the square of the depth, and a small file could keep it busy for minutes.</summary>
    private sealed class TooDeepException : Exception;
}
