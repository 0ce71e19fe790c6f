namespace AgentPay.Web.Sandbox.Control;

/// <summary>A part of the sandbox that <c>POST /sandbox/control/reset</c> puts back to the start.</summary>
public interface IResettable
{
    void Reset();
}
