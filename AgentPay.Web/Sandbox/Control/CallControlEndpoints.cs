namespace AgentPay.Web.Sandbox.Control;

internal static class CallControlEndpoints
{
    public static void MapCallControl(this IEndpointRouteBuilder control)
    {
        control.MapGet("/calls", (CallControl calls) => calls.ShowAll());
        control.MapPost("/calls", (HttpRequest request, CallControl calls) => calls.CallInAsync(request));
        control.MapPost("/outbound", (HttpRequest request, CallControl calls) => calls.CallOutAsync(request));
        control.MapGet("/calls/{sid}", (string sid, CallControl calls) => calls.Show(sid));
        control.MapPost("/calls/{sid}/answer", (string sid, CallControl calls) => calls.AnswerAsync(sid));
        control.MapPost("/calls/{sid}/hangup", (string sid, CallControl calls) => calls.HangUpAsync(sid));
        control.MapPost("/calls/{sid}/refer", (string sid, HttpRequest request, CallControl calls) => calls.ReferAsync(sid, request));
        control.MapPost("/calls/{sid}/keys", (string sid, HttpRequest request, CallControl calls) => calls.PressAsync(sid, request));
    }
}
