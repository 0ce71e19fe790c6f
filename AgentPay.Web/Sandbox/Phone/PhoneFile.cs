using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace AgentPay.Web.Sandbox.Phone;

// An embedded file of the phone page. Browsers revalidate it on each use.
internal sealed class PhoneFile : IResult
{
    public static readonly PhoneFile Script = new("phone.js", JavaScript);
    public static readonly PhoneFile ActionsScript = new("phone-actions.js", JavaScript);
    public static readonly PhoneFile Style = new("phone.css", "text/css; charset=utf-8");

    private const string JavaScript = "text/javascript; charset=utf-8";

    private readonly byte[] _content;
    private readonly string _contentType;
    private readonly EntityTagHeaderValue _tag;

    private PhoneFile(string name, string contentType)
    {
        using var stream = typeof(PhoneFile).Assembly.GetManifestResourceStream(name)!;
        _content = new byte[stream.Length];
        stream.ReadExactly(_content);
        _contentType = contentType;
        _tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(_content))}\"");
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-cache";
        httpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(_content, _contentType, entityTag: _tag).ExecuteAsync(httpContext);
    }
}
