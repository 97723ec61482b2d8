using System.Diagnostics.CodeAnalysis;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Subsidy.Core;

/// <summary>
/// Loads one YAML document and turns every way in which that can fail into a line and a sentence. The parser answers some
/// slips with exceptions of its own that carry no line, and overflows the stack, which nothing can catch, on deep nesting.
/// </summary>
internal static class YamlText
{
    private const int Deepest = 64;

    /// <param name="yaml">The file's content.</param>
    /// <param name="root">The document's root; its nodes know their lines.</param>
    /// <param name="line">Where it failed, counted from 1.</param>
    /// <param name="fault">Why it failed.</param>
    public static bool TryLoad(
        string yaml, [NotNullWhen(true)] out YamlNode? root, out int line, [NotNullWhen(false)] out Text? fault)
    {
        root = null;
        line = 0;
        fault = null;
        var parser = new Parser(new StringReader(yaml));
        try
        {
            fault = DepthFault(parser);
            if (fault is null)
            {
                var stream = new YamlStream();
                stream.Load(parser = new Parser(new StringReader(yaml)));
                if (stream.Documents.Count == 1)
                    root = stream.Documents[0].RootNode;
                else
                    fault = new("文件应恰好包含一个YAML文档。", "The file holds exactly one YAML document.");
            }
        }
        catch (Exception e) when (e is YamlException or InvalidOperationException or ArgumentException)
        {
            fault = new($"不是有效的YAML：{e.Message}", $"This is not valid YAML: {e.Message}");
            if (e is YamlException { Start.Line: var place })
                line = (int)place;
        }

        if (line == 0)
            line = (int)(parser.Current?.Start.Line ?? 1);
        line = Math.Clamp(line, 1, yaml.Count(character => character == '\n') + 1); // the end of the file is on no line
        return root is not null;
    }

    private static Text? DepthFault(Parser parser)
    {
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > Deepest)
                return new($"嵌套超过{Deepest}层。", $"This is nested more than {Deepest} levels deep.");
        }

        return null;
    }
}
