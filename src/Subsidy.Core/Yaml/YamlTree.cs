namespace Subsidy.Core.Yaml;

/// <summary>A piece of a YAML file and where it begins; both counted from 1.</summary>
internal abstract record YamlTree(int Line, int Column);

/// <param name="Quoted">Written in quotes or as a block: always a text, never a number or true or false.</param>
internal sealed record YamlValue(string Value, bool Quoted, int Line, int Column) : YamlTree(Line, Column);

internal sealed record YamlList(IReadOnlyList<YamlTree> Items, int Line, int Column) : YamlTree(Line, Column);

internal sealed record YamlMap(IReadOnlyList<YamlEntry> Entries, int Line, int Column) : YamlTree(Line, Column)
{
    public YamlEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);
}

internal sealed record YamlEntry(string Key, YamlTree Value, int Line, int Column) : YamlTree(Line, Column);
