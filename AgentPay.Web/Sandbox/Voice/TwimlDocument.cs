using System.Xml;
using System.Xml.Linq;

namespace AgentPay.Web.Sandbox.Voice;

// TwiML to run: fetched from a URL, or given as text. More holds additional request parameters.
internal sealed record TwimlSource(string? Url, string Method, IReadOnlyList<KeyValuePair<string, string>> More, string? Text = null)
{
    // The document, if it was fetched already.
    public TwimlDocument? Fetched { get; init; }

    public static TwimlSource At(string url, string method = "POST") => new(url, method, []);

    public static TwimlSource Inline(string text) => new(null, "POST", [], text);
}

// A parsed TwiML document. Url is its address and the base of its relative URLs; null for TwiML from an API request.
internal sealed record TwimlDocument(IReadOnlyList<XElement> Verbs, Uri? Url)
{
    private const int MaxUrlLength = 4000;

    private static readonly XmlReaderSettings Strict = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    // Parses strict XML. Error 12100: malformed. Error 12102: the root is not Response.
    public static (TwimlDocument? Document, int ErrorCode) Parse(string text, Uri? url)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text.TrimStart('\uFEFF')), Strict);
            var root = XDocument.Load(reader).Root!;
            return root.Name == "Response" ? (new([.. root.Elements()], url), 0) : (null, 12102);
        }
        catch (XmlException)
        {
            return (null, 12100);
        }
    }

    // Returns the absolute URL of a reference in this document, or null if it is not a valid URL.
    public string? Resolve(string reference)
    {
        var isUrl = Url is null
            ? Uri.TryCreate(reference, UriKind.Absolute, out var absolute)
            : Uri.TryCreate(Url, reference, out absolute);
        return isUrl && absolute!.Scheme is "http" or "https" && absolute!.AbsoluteUri.Length <= MaxUrlLength
            ? absolute.AbsoluteUri
            : null;
    }
}
