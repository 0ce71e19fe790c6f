using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AgentPay.Web.Tests.Support;

/// <summary>
/// A test against Twilio's OpenAPI description: skipped, with the reason, where the description is not beside the repository.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContractFactAttribute : FactAttribute
{
    public ContractFactAttribute() => Skip = OpenApi.WhyAbsent!;
}

/// <inheritdoc cref="ContractFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContractTheoryAttribute : TheoryAttribute
{
    public ContractTheoryAttribute() => Skip = OpenApi.WhyAbsent!;
}

/// <summary>One file of Twilio's OpenAPI description (3.0), and the checks of an exchange against it.</summary>
public sealed class OpenApi
{
    private readonly JsonElement _document;

    private OpenApi(string file) => _document = JsonDocument.Parse(File.ReadAllText(Repository.TwilioOpenApi(file))).RootElement;

    public static string? WhyAbsent => File.Exists(Repository.TwilioOpenApi("twilio_sync_v1.json"))
        ? null
        : "Twilio's OpenAPI description is not beside the repository (../shared/twilio-openapi)";

    public static OpenApi SyncV1() => new("twilio_sync_v1.json");

    public static OpenApi Api2010() => new("twilio_api_v2010.json");

    /// <summary>Every operation: its method in capitals, and its path template.</summary>
    public IEnumerable<(string Method, string Path)> Operations() =>
        from path in _document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where operation.Name is "get" or "post" or "put" or "delete"
        select (operation.Name.ToUpperInvariant(), path.Name);

    /// <summary>What an answer has that the description does not allow, in words; nothing when it is as described.</summary>
    /// <param name="path">The path that was requested, from <c>/v1</c> or <c>/2010-04-01</c> on, without a query.</param>
    public IReadOnlyList<string> ProblemsOfAnswer(string method, string path, int status, string body)
    {
        var operation = Find(method, path);
        var responses = operation.GetProperty("responses");
        if (!responses.TryGetProperty(status.ToString(CultureInfo.InvariantCulture), out var response))
            return [$"{method} {path} answers {status}, which is not described"];
        if (!response.TryGetProperty("content", out var content))
            return body.Length == 0 ? [] : [$"{method} {path} has a body, and none is described"];
        var schema = content.EnumerateObject().First().Value.GetProperty("schema");
        var problems = new List<string>();
        Check(JsonDocument.Parse(body).RootElement, schema, "$", problems);
        return problems;
    }

    /// <summary>What a request has that the description does not know: form and query parameters, and headers that Twilio names.</summary>
    public IReadOnlyList<string> ProblemsOfRequest(string method, string path, IEnumerable<string> query,
        IEnumerable<KeyValuePair<string, string>> form)
    {
        var operation = Find(method, path);
        var described = operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query")
                .Select(p => p.GetProperty("name").GetString()!).ToHashSet()
            : [];
        var problems = query.Where(name => !described.Contains(name))
            .Select(name => $"{method} {path}: query parameter {name} is not described").ToList();
        if (!operation.TryGetProperty("requestBody", out var requestBody))
            return [.. problems, .. form.Select(f => $"{method} {path}: form field {f.Key} is not described")];
        var schema = requestBody.GetProperty("content").GetProperty("application/x-www-form-urlencoded").GetProperty("schema");
        problems.AddRange(FormProblems(method, path, schema, form.ToList()));
        return problems;
    }

    /// <summary>The names of all parameters that the operation has in its query, in its form, and as headers.</summary>
    public IReadOnlySet<string> ParametersOf(string method, string path)
    {
        var operation = Find(method, path);
        var parameters = operation.TryGetProperty("parameters", out var described)
            ? described.EnumerateArray().Where(p => p.GetProperty("in").GetString() != "path")
                .Select(p => p.GetProperty("name").GetString()!)
            : [];
        var form = operation.TryGetProperty("requestBody", out var body)
            ? body.GetProperty("content").GetProperty("application/x-www-form-urlencoded").GetProperty("schema").GetProperty("properties")
                .EnumerateObject().Select(p => p.Name)
            : [];
        return parameters.Concat(form).ToHashSet();
    }

    /// <summary>The bodies that Twilio gives as examples of the operation's answer.</summary>
    public IReadOnlyList<string> ExamplesOf(string method, string path, int status)
    {
        var content = Find(method, path).GetProperty("responses").GetProperty(status.ToString(CultureInfo.InvariantCulture))
            .GetProperty("content");
        return [.. content.GetProperty("application/json").GetProperty("examples").EnumerateObject()
            .Select(e => e.Value.GetProperty("value").GetRawText())];
    }

    /// <summary>The values of a named enumeration of the description.</summary>
    public IReadOnlyList<string> Enumeration(string name) =>
        [.. _document.GetProperty("components").GetProperty("schemas").GetProperty(name).GetProperty("enum").EnumerateArray()
            .Select(v => v.GetString()!)];

    private IEnumerable<string> FormProblems(string method, string path, JsonElement schema, List<KeyValuePair<string, string>> form)
    {
        var properties = schema.GetProperty("properties");
        foreach (var (name, value) in form)
        {
            if (!properties.TryGetProperty(name, out var property)) yield return $"{method} {path}: form field {name} is not described";
            else if (EnumOf(property) is { } allowed
                && !allowed.Contains(value)) yield return $"{method} {path}: {name}={value} is not among {string.Join(", ", allowed)}";
        }
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()!) : [];
        foreach (var name in required.Where(name => form.TrueForAll(f => f.Key != name)))
            yield return $"{method} {path}: required form field {name} is missing";
    }

    private HashSet<string>? EnumOf(JsonElement property)
    {
        var schema = Resolve(property);
        return schema.TryGetProperty("enum", out var values) ? values.EnumerateArray().Select(v => v.ToString()).ToHashSet() : null;
    }

    private JsonElement Find(string method, string path)
    {
        foreach (var candidate in _document.GetProperty("paths").EnumerateObject())
        {
            var pattern = "^" + Regex.Replace(Regex.Escape(candidate.Name), @"\\\{[^}]+}", "[^/]+") + "$";
            if (Regex.IsMatch(path, pattern) && candidate.Value.TryGetProperty(method.ToLowerInvariant(), out var operation))
                return operation;
        }
        throw new InvalidOperationException($"{method} {path} is not described");
    }

    private JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
        {
            schema = reference.GetString()!.TrimStart('#', '/').Split('/').Aggregate(_document, (at, name) => at.GetProperty(name));
        }
        return schema;
    }

    private void Check(JsonElement value, JsonElement described, string at, List<string> problems)
    {
        var schema = Resolve(described);
        if (value.ValueKind == JsonValueKind.Null)
        {
            var nullable = schema.TryGetProperty("nullable", out var n) && n.GetBoolean();
            if (!nullable && schema.TryGetProperty("type", out _)) problems.Add($"{at} is null");
            return;
        }
        var type = schema.TryGetProperty("type", out var t) ? t.GetString() : null;
        if (type is not null && !Fits(value, type)) problems.Add($"{at} is {value.ValueKind}, described as {type}");
        else if (type == "object" && value.ValueKind == JsonValueKind.Object) CheckObject(value, schema, at, problems);
        else if (type == "array") CheckItems(value, schema, at, problems);
        else if (value.ValueKind == JsonValueKind.String) CheckText(value.GetString()!, schema, at, problems);
    }

    private void CheckObject(JsonElement value, JsonElement schema, string at, List<string> problems)
    {
        if (!schema.TryGetProperty("properties", out var properties)) return;
        foreach (var property in properties.EnumerateObject())
        {
            if (value.TryGetProperty(property.Name, out var member)) Check(member, property.Value, $"{at}.{property.Name}", problems);
            else problems.Add($"{at}.{property.Name} is missing");
        }
        problems.AddRange(value.EnumerateObject().Where(m => !properties.TryGetProperty(m.Name, out _))
            .Select(m => $"{at}.{m.Name} is not described"));
    }

    private void CheckItems(JsonElement value, JsonElement schema, string at, List<string> problems)
    {
        var index = 0;
        foreach (var item in value.EnumerateArray()) Check(item, schema.GetProperty("items"), $"{at}[{index++}]", problems);
    }

    private static void CheckText(string text, JsonElement schema, string at, List<string> problems)
    {
        if (schema.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(v => v.GetString() == text))
            problems.Add($"{at} is '{text}', not in the enumeration");
        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, pattern.GetString()!))
            problems.Add($"{at} is '{text}', not like {pattern}");
        if (schema.TryGetProperty("minLength", out var least) && text.Length < least.GetInt32())
            problems.Add($"{at} is shorter than {least}");
        if (schema.TryGetProperty("maxLength", out var most) && text.Length > most.GetInt32()) problems.Add($"{at} is longer than {most}");
        var fits = !schema.TryGetProperty("format", out var format) || format.GetString() switch
        {
            "date-time" => DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"],
                CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
            "date-time-rfc-2822" => DateTimeOffset.TryParseExact(text, "ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out _),
            "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
            _ => true,
        };
        if (!fits) problems.Add($"{at} is '{text}', not a {format}");
    }

    private static bool Fits(JsonElement value, string type) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => false,
    };
}
