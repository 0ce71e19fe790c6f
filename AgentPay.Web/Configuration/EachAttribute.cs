using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text.RegularExpressions;

namespace AgentPay.Web.Configuration;

/// <summary>Checks each text of a list, and repeats those that it refuses.</summary>
/// <param name="accepted">What is accepted, with an example.</param>
internal abstract class EachAttribute(string accepted) : ValidationAttribute
{
    protected abstract bool Accepts(string item);

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var refused = ((IEnumerable<string>)value!).Where(item => !Accepts(item)).Select(item => $"'{item}'").ToList();
        if (refused.Count == 0) return null;
        return new($"{validationContext.DisplayName} contains {string.Join(" and ", refused)}. Accepted: {accepted}.");
    }
}

/// <param name="pattern">Of the whole text.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EachMatchesAttribute(string pattern, string accepted) : EachAttribute(accepted)
{
    protected override bool Accepts(string item) => Regex.IsMatch(item, $@"^({pattern})\z", RegexOptions.CultureInvariant);
}

/// <summary>Browsers compare origins letter by letter: lower case, the host in Punycode, no path, no default port.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EachOriginAttribute() : EachAttribute("origins as browsers send them, such as https://desk.example.com")
{
    protected override bool Accepts(string item) =>
        Uri.TryCreate(item, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && item == Origin(url);

    private static string Origin(Uri url) =>
        $"{url.Scheme}://{(url.HostNameType == UriHostNameType.IPv6 ? url.Host : url.IdnHost)}{(url.IsDefaultPort ? "" : $":{url.Port}")}";
}

[AttributeUsage(AttributeTargets.Property)]
internal sealed class EachAddressAttribute() : EachAttribute("IP addresses and networks, such as 10.0.0.5 or 10.0.0.0/8")
{
    protected override bool Accepts(string item) => IPAddress.TryParse(item, out _) || IPNetwork.TryParse(item, out _);
}
