using System.Xml;
using System.Xml.Schema;

namespace Subsidy.Core.Tests.Bank;

/// <summary>The schemas that lie beside the tests: the part of each ISO 20022 message that this system writes.</summary>
internal static class Profile
{
    private static readonly XmlSchemaSet Schemas = Load();

    /// <exception cref="XmlSchemaValidationException">The message is not valid.</exception>
    public static void Validate(byte[] message)
    {
        var settings = new XmlReaderSettings { Schemas = Schemas, ValidationType = ValidationType.Schema };
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings; // an unknown namespace is only a warning
        using var reader = XmlReader.Create(new MemoryStream(message), settings);
        while (reader.Read())
        {
        }
    }

    private static XmlSchemaSet Load()
    {
        var schemas = new XmlSchemaSet();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Bank"), "*.xsd").Order())
        {
            using var reader = XmlReader.Create(file);
            schemas.Add(null, reader);
        }
        schemas.Compile();
        return schemas;
    }
}
