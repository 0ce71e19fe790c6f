using System.Xml;
using System.Xml.Linq;

namespace AgentPay.Web.Sandbox.Voice;

/// <summary>What Twilio is to do next on a leg: TwiML to be fetched from a URL, or TwiML at hand.</summary>
/// <param name="More">Parameters of the request besides the standard ones.</param>
internal sealed record TwimlSource(string? Url, string Method, IReadOnlyList<KeyValuePair<string, string>> More, string? Text = null)
{
    public static TwimlSource At(string url, string method = "POST") => new(url, method, []);

    public static TwimlSource Inline(string text) => new(null, "POST", [], text);
}

/// <summary>A TwiML document that could be read.</summary>
/// <param name="Url">Where it was fetched: what relative URLs in it stand on. Null for TwiML that came with an API request.</param>
internal sealed record TwimlDocument(IReadOnlyList<XElement> Verbs, Uri? Url)
{
    /// <summary>Longer URLs in TwiML are refused.</summary>
    private const int LongestUrl = 4000;

    private static readonly XmlReaderSettings Strict = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>Reads strictly as XML: 12100 when it is malformed, 12102 when the root is not Response.</summary>
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

    /// <summary>The absolute URL that an attribute or a text of this document names; null when it is none.</summary>
    public string? Resolve(string reference)
    {
        var isUrl = Url is null ? Uri.TryCreate(reference, UriKind.Absolute, out var absolute) : Uri.TryCreate(Url, reference, out absolute);
        return isUrl && absolute!.Scheme is "http" or "https" && absolute!.AbsoluteUri.Length <= LongestUrl ? absolute.AbsoluteUri : null;
    }
}
