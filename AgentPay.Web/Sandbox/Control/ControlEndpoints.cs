using System.Text.Json;
using AgentPay.Web.Sandbox.Entra;
using AgentPay.Web.Sandbox.Gateway;

namespace AgentPay.Web.Sandbox.Control;

/// <summary>The control API for scripts and tests: JSON, accessible only from this machine.</summary>
public static class ControlEndpoints
{
    private const string Path = "/sandbox/control";

    public static RouteGroupBuilder MapControl(this WebApplication app)
    {
        var control = app.MapLocalApi(Path, "The control API");
        control.MapGet("/stats", (SandboxStats stats) => Results.Json(stats.Report(), SandboxJson.Control));
        control.MapGet("/gateway", (GatewayLedger ledger) => Results.Json(ledger.Entries, SandboxJson.Control));
        control.MapGet("/faults", (FaultInjector faults) => Results.Json(faults.Settings, SandboxJson.Control));
        control.MapPut("/faults", SetFaultsAsync);
        control.MapPost("/entra/rollover", (SigningKeys keys) =>
        {
            keys.RollOver();
            return Results.NoContent();
        });
        control.MapPost("/reset", (IEnumerable<IResettable> parts) =>
        {
            foreach (var part in parts) part.Reset();
            return Results.NoContent();
        });
        return control;
    }

    /// <summary>Reads a JSON body. Returns a problem response instead if the body is not valid.</summary>
    public static async Task<(T? Value, IResult? Problem)> ReadAsync<T>(HttpRequest request) where T : class
    {
        if (!request.HasJsonContentType()) return (null, Problem("Send a JSON body with Content-Type: application/json"));
        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(request.Body, SandboxJson.Control, request.HttpContext.RequestAborted);
            return value is null ? (null, Problem("The body is null")) : (value, null);
        }
        catch (JsonException malformed)
        {
            // The messages of the JSON reader are clear. Those of the serialiser contain internal type names.
            return (null, Problem(malformed.InnerException is JsonException
                ? malformed.Message
                : $"The JSON at {malformed.Path ?? "$"} has the wrong type or an unknown name"));
        }
        catch (BadHttpRequestException unreadable)
        {
            return (null, Problem(unreadable.Message, unreadable.StatusCode));
        }
    }

    public static IResult Problem(string error, int status = StatusCodes.Status400BadRequest) =>
        Results.Json(new { error }, SandboxJson.Control, statusCode: status);

    private static async Task<IResult> SetFaultsAsync(HttpRequest request, FaultInjector faults)
    {
        var (settings, problem) = await ReadAsync<FaultSettings>(request);
        if (settings is null) return problem!;
        if (settings.Problem() is { } wrong) return Problem(wrong);
        faults.Settings = settings;
        return Results.Json(settings, SandboxJson.Control);
    }
}
