namespace AgentPay.Web.Sandbox;

/// <summary>An error response of Twilio's REST APIs. <see cref="TwilioProtocol"/> writes it as Twilio's error JSON.</summary>
public sealed class ApiError(int status, int code, string message) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>Twilio's error code: twilio.com/docs/api/errors.</summary>
    public int Code { get; } = code;

    public static ApiError NotFound(string resource) => new(404, 20404, $"The requested resource {resource} was not found");

    public static ApiError Missing(string parameter) => new(400, 20001, $"Missing required parameter {parameter} in the post body");

    public static ApiError Unauthorised() => new(401, 20003, "Authenticate");
}
